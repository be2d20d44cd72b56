import type { Api } from "./api.js";
import type { ModelRow, Summary, SymbolState } from "./contract.js";
import { showFaults, showHealth, showModels } from "./feed.js";
import type { Notice } from "./notice.js";
import type { Outage } from "./outage.js";
import { Pace } from "./pace.js";
import type { Holding } from "./store.js";

export interface Seen {
  symbols(symbols: SymbolState[]): void;
  summary(summary: Summary): void;
}

/** Bursts of faults are told by push; each is no reason to ask anew. */
const LEAST_GAP = 2_000;

const modelKey = (row: { model_id: string; model_version: number }): string => `${row.model_id} ${row.model_version}`;

/** What is not pushed: health of the feed, its faults, models, and what the server knows of a symbol's past day. */
export class Watch {
  models: readonly ModelRow[] = [];
  private symbol = "";
  private readonly pace = new Pace(() => this.ask(), LEAST_GAP, () => performance.now(), (run, ms) => window.setTimeout(run, ms));

  constructor(private readonly api: Api, private readonly notice: Notice, private readonly outage: Outage, private readonly seen: Seen) {
    window.setInterval(() => this.look(), 10_000);
    window.setInterval(() => { if (this.notice.has("database") || this.notice.has("request")) this.look(); }, 2_500);
  }

  of(symbol: string): void {
    this.symbol = symbol;
    this.pace.askAtOnce();
  }

  /** Asks soon; as often as one likes. */
  look(): void {
    this.pace.ask();
  }

  private async ask(): Promise<void> {
    if (this.symbol === "" || document.hidden) return;
    const symbol = this.symbol;
    try {
      const [health, summary, symbols] = await Promise.all([this.api.health(), this.api.summary(symbol), this.api.symbols()]);
      if (symbol !== this.symbol) return;
      if (health.database.status === "up") this.notice.say("database", null);
      for (const trouble of ["rate", "request"] as const) this.notice.say(trouble, null);
      showHealth(health, symbol);
      this.seen.symbols(symbols.items);
      this.seen.summary(summary);
      if (this.models.length === 0) this.learn(await this.api.models());
      await this.lookAtFaults();
    } catch (e) {
      this.outage.of(e);
    }
  }

  private async lookAtFaults(): Promise<void> {
    const symbol = this.symbol;
    const rows = await this.api.quality(symbol);
    if (symbol === this.symbol) showFaults(rows);
  }

  learn(rows: readonly ModelRow[]): void {
    this.models = [...new Map([...this.models, ...rows].map(row => [modelKey(row), row])).values()];
  }

  /** Names the models of the newest results. */
  nameModels(live: Holding): void {
    const newest = [live.regimes.last()?.[1], live.anomalies.last()?.[1]].filter(row => row !== undefined);
    showModels(this.models, new Set(newest.map(modelKey)));
  }
}
