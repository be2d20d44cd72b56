import type { Api } from "./api.js";
import type { FeedState, ModelRow, Summary, SymbolState } from "./contract.js";
import { showFaults, showHealth, showModels } from "./feed-status.js";
import type { Notice } from "./notice.js";
import type { Outage } from "./outage.js";
import { Throttle } from "./throttle.js";
import type { RowStore } from "./store.js";

export interface StatusEvents {
  symbols(symbols: SymbolState[]): void;
  summary(summary: Summary): void;
  feed(feed: FeedState | undefined): void;
}

/** Least milliseconds between two polls: a burst of pushed faults must not cause one each. */
const LEAST_GAP = 2_000;

const modelKey = (row: { model_id: string; model_version: number }): string => `${row.model_id} ${row.model_version}`;

/** Polls what is not pushed: feed health, faults, models, and the summary of a symbol's past day. */
export class StatusPoller {
  models: readonly ModelRow[] = [];
  private symbol = "";
  private readonly throttle = new Throttle(() => this.poll(), LEAST_GAP, () => performance.now(), (run, ms) => window.setTimeout(run, ms));

  constructor(private readonly api: Api, private readonly notice: Notice, private readonly outage: Outage, private readonly events: StatusEvents) {
    window.setInterval(() => this.refresh(), 10_000);
    window.setInterval(() => { if (this.notice.has("database") || this.notice.has("request")) this.refresh(); }, 2_500);
  }

  follow(symbol: string): void {
    this.symbol = symbol;
    this.throttle.runNow();
  }

  /** Polls soon; may be called as often as one likes. */
  refresh(): void {
    this.throttle.schedule();
  }

  private async poll(): Promise<void> {
    if (this.symbol === "" || document.hidden) return;
    const symbol = this.symbol;
    try {
      const [health, summary, symbols] = await Promise.all([this.api.health(), this.api.summary(symbol), this.api.symbols()]);
      if (symbol !== this.symbol) return;
      if (health.database.status === "up") this.notice.set("database", null);
      for (const kind of ["rate", "request"] as const) this.notice.set(kind, null);
      const feed = health.feeds.find(each => each.symbol === symbol);
      showHealth(health, feed);
      this.events.feed(feed);
      this.events.symbols(symbols.items);
      this.events.summary(summary);
      if (this.models.length === 0) this.addModels(await this.api.models());
      await this.refreshFaults();
    } catch (e) {
      this.outage.requestFailed(e);
    }
  }

  private async refreshFaults(): Promise<void> {
    const symbol = this.symbol;
    const rows = await this.api.quality(symbol);
    if (symbol === this.symbol) showFaults(rows);
  }

  addModels(rows: readonly ModelRow[]): void {
    this.models = [...new Map([...this.models, ...rows].map(row => [modelKey(row), row])).values()];
  }

  /** Shows the models of the newest results. */
  nameModels(live: RowStore): void {
    const newest = [live.regimes.last()?.[1], live.anomalies.last()?.[1]].filter(row => row !== undefined);
    showModels(this.models, new Set(newest.map(modelKey)));
  }
}
