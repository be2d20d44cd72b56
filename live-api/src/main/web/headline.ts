import type { Regime, Summary } from "./contract.js";
import { byId, write } from "./dom.js";
import { clock, duration, moment, percent, price, signedPercent } from "./format.js";
import { confidence } from "./statistics.js";
import type { RowStore } from "./store.js";
import { REGIMES } from "./terms.js";

/** The headline: price, change, regime with its confidence and how long it has lasted. */
export class Headline {
  private summary: Summary | null = null;
  private regime: Regime | null = null;
  private since = NaN;
  private isRunning = true;

  /** Takes whether the run goes on; of one that has ended no minute is in progress. */
  running(goesOn: boolean): void {
    this.isRunning = goesOn;
    write("regime-label", goesOn ? "Regime now" : "Last regime");
    if (!goesOn) write("running", "No minute in progress");
  }

  clear(): void {
    this.summary = null;
    this.regime = null;
    this.since = NaN;
    for (const id of ["price", "change", "change-hour", "regime-name", "confidence", "since", "running"]) write(id, "–");
    delete byId("regime").dataset["regime"];
  }

  /** Takes what the server knows beyond the minutes held here. */
  setSummary(summary: Summary): void {
    this.summary = summary;
    if (summary.since !== null && (this.regime === null || this.regime === summary.regime)) this.since = Date.parse(summary.since);
  }

  show(live: RowStore): void {
    const bar = live.bars.last();
    if (bar !== undefined) this.showPrice(bar[0], Number(bar[1].close), live);
    const settled = live.regimes.lastFinal() ?? live.regimes.last();
    if (settled === undefined) return;
    const [at, row] = settled;
    if (row.regime !== this.regime) this.since = this.beginning(live, row.regime);
    this.regime = row.regime;
    const term = REGIMES[row.regime];
    byId("regime").dataset["regime"] = row.regime;
    write("regime-name", term.name);
    write("regime-means", term.means);
    write("confidence", percent(confidence(row)));
    write("since", Number.isNaN(this.since) ? "–" : `for ${duration(at + 60_000 - this.since)}, since ${clock(this.since)}`);
    byId("since").title = Number.isNaN(this.since) ? "" : moment(this.since) + " UTC";
    this.showRunning(live, at);
  }

  private showPrice(at: number, value: number, live: RowStore): void {
    write("price", price(value));
    document.title = `${price(value)} ${live.bars.last()?.[1].symbol ?? ""} · MicroStream`;
    const day = this.summary?.change_24h_percent, reference = Number(this.summary?.price);
    const since = Number.isFinite(reference) ? value / reference : 1;
    const moved = (before: number | null | undefined): number => (before == null ? NaN : (1 + before / 100) * since - 1);
    const hourAgo = live.bars.at(at - 3_600_000);
    const hour = hourAgo === undefined ? moved(this.summary?.change_1h_percent) : value / Number(hourAgo.close) - 1;
    this.showChange("change", moved(day));
    this.showChange("change-hour", hour);
  }

  private showChange(id: string, fraction: number): void {
    write(id, Number.isFinite(fraction) ? `${fraction < 0 ? "▼" : "▲"} ${signedPercent(fraction)}` : "–");
    byId(id).dataset["direction"] = fraction < 0 ? "down" : "up";
  }

  /** First minute of the unbroken run at the end of what is held; the server's word if the run fills all of it. */
  private beginning(live: RowStore, regime: Regime): number {
    const rows = live.regimes.all().filter(([, row]) => row.is_final !== false);
    let from = NaN;
    for (let index = rows.length - 1; index >= 0 && rows[index]?.[1].regime === regime; index--) from = rows[index]?.[0] ?? from;
    const whole = rows[0]?.[0] === from;
    const known = this.summary?.regime === regime && this.summary.since !== null ? Date.parse(this.summary.since) : NaN;
    return whole && !Number.isNaN(known) ? known : from;
  }

  private showRunning(live: RowStore, settledAt: number): void {
    const running = live.regimes.last();
    if (!this.isRunning) return write("running", "No minute in progress");
    const differs = running !== undefined && running[0] > settledAt;
    write("running", differs
      ? `Minute in progress: ${REGIMES[running[1].regime].name.toLowerCase()}, ${percent(confidence(running[1]))}`
      : "Waiting for the next minute");
  }
}
