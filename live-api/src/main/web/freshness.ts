import type { Outgoing } from "./contract.js";
import { write } from "./dom.js";
import { clock, duration, latencies, moment } from "./format.js";
import { DrawnLatency, ServerClock } from "./latency.js";
import type { RowStore } from "./store.js";

/** The page says so when no result has come for this long. */
const STALE_AFTER = 150_000;

/** How fresh the page is: when the last result was committed, and how long trades take to reach it. */
export class Freshness {
  private readonly clock = new ServerClock();
  private readonly latency = new DrawnLatency();
  private committedAt = NaN;
  private receivedAt: number | null = null;

  clear(): void {
    this.committedAt = NaN;
    this.receivedAt = null;
  }

  /** @param isUpdate false for rows that are not new, whose way here says nothing */
  note(row: { committed_at?: string | null; received_at?: string | null }, isUpdate: boolean): void {
    if (row.committed_at) this.committedAt = Math.max(this.committedAt || 0, Date.parse(row.committed_at));
    if (isUpdate && row.received_at) this.receivedAt = Math.max(this.receivedAt ?? 0, Date.parse(row.received_at));
  }

  pong(sentAt: number, serverTime: number): void {
    this.clock.pong(sentAt, serverTime, Date.now());
  }

  /** Returns when the newest trade not drawn yet was received, and counts it as drawn; null if there is none. */
  take(): number | null {
    const taken = this.receivedAt;
    this.receivedAt = null;
    return taken;
  }

  painted(receivedAt: number): void {
    this.latency.drawn(receivedAt, Date.now(), this.clock);
  }

  /** Writes what changes with time alone, and reports what was measured since the last call. */
  tick(live: RowStore, send: (message: Outgoing) => void): void {
    const figures = this.latency.figures(Date.now());
    write("latency", figures === null ? "–" : latencies(figures.p50, figures.p99));
    write("updated", Number.isFinite(this.committedAt) ? `${this.last()} UTC, ${duration(this.age())} ago` : newestMinute(live));
    const unsent = this.latency.takeUnsent();
    if (unsent.length > 0) send({ type: "seen", latency_ms: unsent });
  }

  /** Returns a text for the notice when no result has come for long, else null. */
  staleText(): string | null {
    return this.age() > STALE_AFTER ? `No new results since ${this.last()} UTC. Either nobody trades or the run has ended.` : null;
  }

  private age(): number {
    return Date.now() + this.clock.ahead() - this.committedAt;
  }

  private last(): string {
    return clock(this.committedAt, true);
  }
}

/** Describes rows without commit times, as bounded replays write them. */
function newestMinute(live: RowStore): string {
  const newest = live.bars.last();
  return newest === undefined ? "–" : `minute ${moment(newest[0])} UTC`;
}
