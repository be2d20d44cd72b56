import type {
  AnomalyRow, BarRow, FeatureRow, Health, Interval, LabelRow, ModelRow, Page, Problem, QualityRow, RegimeRow, Rows,
  Summary, SymbolState, Verdict,
} from "./contract.js";
import { iso } from "./format.js";
import type { Span } from "./intervals.js";

/** A request that the server refused, in its own words. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }
}

/** No answer at all: the server is away. */
export class Unreachable extends Error {}

/** The REST side of the server. Every call ends in rows, {@link Refused} or {@link Unreachable}. */
export class Api {
  constructor(private readonly token: string | null) {}

  symbols(): Promise<{ items: SymbolState[] }> {
    return this.get("symbols", {});
  }

  summary(symbol: string): Promise<Summary> {
    return this.get("summary", { symbol });
  }

  health(): Promise<Health> {
    return this.get("health", {});
  }

  async quality(symbol: string): Promise<QualityRow[]> {
    return (await this.get<Page<QualityRow>>("quality", { symbol, order: "desc", limit: "20" })).items;
  }

  async models(): Promise<ModelRow[]> {
    return (await this.get<Page<ModelRow>>("models", { order: "desc", limit: "100" })).items;
  }

  async labels(symbol: string, at: number): Promise<LabelRow[]> {
    const range = { from: iso(at), to: iso(at + 60_000) };
    return (await this.get<Page<LabelRow>>("labels", { symbol, ...range })).items;
  }

  async label(symbol: string, at: number, verdict: Verdict, note: string, analyst: string): Promise<void> {
    await this.call(`labels/${symbol}/${iso(at)}`, {
      method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ verdict, note, analyst }),
    });
  }

  /** The zip of a moment, for a server that wants a token; without one a plain link does. */
  async caseFile(symbol: string, at: number): Promise<Blob> {
    return (await this.call(casePath(symbol, at), {})).blob();
  }

  /** All four kinds of results of a span. */
  async rows(symbol: string, interval: Interval, span: Span, signal?: AbortSignal): Promise<Rows> {
    const all = <T>(table: string): Promise<T[]> => this.pages<T>(table, {
      symbol, interval, from: iso(span.from), to: iso(span.to), limit: "10000",
      ...(interval === "1m" ? { final: "false" } : {}),
    }, signal);
    const [bars, features, regimes, anomalies] = await Promise.all([
      all<BarRow>("bars"), all<FeatureRow>("features"), all<RegimeRow>("regimes"), all<AnomalyRow>("anomalies")]);
    return { bars, features, regimes, anomalies };
  }

  private async pages<T>(table: string, parameters: Record<string, string>, signal?: AbortSignal): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<T> = await this.get(table, cursor === null ? parameters : { ...parameters, cursor }, signal);
      items.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return items;
  }

  private async get<T>(path: string, parameters: Record<string, string>, signal?: AbortSignal): Promise<T> {
    const query = new URLSearchParams(parameters).toString();
    const response = await this.call(query === "" ? path : `${path}?${query}`, signal ? { signal } : {});
    return (await response.json()) as T;
  }

  private async call(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.token !== null) headers.set("Authorization", `Bearer ${this.token}`);
    let response: Response;
    try {
      response = await fetch(`api/v1/${path}`, { ...init, headers });
    } catch (e) {
      if (init.signal?.aborted) throw e;
      throw new Unreachable("No answer from the server");
    }
    if (!response.ok) throw new Refused(await problemOf(response));
    return response;
  }
}

/** Where the case file of a bar is, below the base of the API. */
export const casePath = (symbol: string, at: number): string => `cases/${symbol}/${iso(at)}?minutes=15`;

async function problemOf(response: Response): Promise<Problem> {
  const fallback = { type: "about:blank", title: response.statusText || `Status ${response.status}`, status: response.status };
  const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
  return isJson ? { ...fallback, ...((await response.json()) as Partial<Problem>) } : fallback;
}
