import type { FeedState, Freshness, Outgoing } from "./contract.js";
import { write } from "./dom.js";
import { clock, duration, latencies, moment } from "./format.js";
import { DrawnLatency, ServerClock } from "./latency.js";
import type { RowStore } from "./store.js";

/** What the server said of a feed holds no longer than this without being said again. */
const HELD = 30_000;

const TEXT: Record<Freshness, string> = { LIVE: "Live", DELAYED: "Delayed", ENDED: "Ended", HISTORY: "History", SIMULATED: "Simulated" };

/** How fresh the results are by the server's word, when the last one was committed, and how long trades take to the page. */
export class FreshnessStatus {
  private readonly clock = new ServerClock();
  private readonly latency = new DrawnLatency();
  private feed: FeedState | undefined;
  private saidAt = NaN;
  private committedAt = NaN;
  private receivedAt: number | null = null;

  clear(): void {
    this.feed = undefined;
    this.committedAt = NaN;
    this.receivedAt = null;
  }

  /** Takes what the server says of the feed; undefined if it says nothing. */
  take(feed: FeedState | undefined): void {
    this.feed = feed;
    this.saidAt = Date.now();
  }

  /** Returns what the newest results are; undefined while that is not known. */
  state(): Freshness | undefined {
    return Date.now() - this.saidAt <= HELD ? this.feed?.freshness : undefined;
  }

  /** Returns whether minutes can be in progress: where nothing is known, they may. */
  goesOn(): boolean {
    const state = this.state();
    return state !== "ENDED" && state !== "HISTORY";
  }

  /** Returns what the newest results are, and as of when; undefined while that is not known. */
  text(): string | undefined {
    const state = this.state();
    return state === undefined || this.feed === undefined ? undefined : `${TEXT[state]}, as of ${moment(Date.parse(this.feed.as_of))} UTC`;
  }

  /** Returns a text for the notice when results are late, else null. */
  notice(): string | null {
    return this.state() === "DELAYED" && Number.isFinite(this.committedAt)
      ? `No new results since ${this.last()} UTC. Either nobody trades or the run has stopped.` : null;
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
  takeReceipt(): number | null {
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
    const age = Date.now() + this.clock.ahead() - this.committedAt;
    write("updated", Number.isFinite(age) ? `${this.last()} UTC, ${duration(age)} ago` : newestMinute(live));
    const unsent = this.latency.takeUnsent();
    if (unsent.length > 0) send({ type: "seen", latency_ms: unsent });
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
