import type { Outgoing } from "./contract.js";
import { write } from "./dom.js";
import { clock, duration, latencies, moment } from "./format.js";
import { DrawnLatency, ServerClock } from "./latency.js";
import type { RowStore } from "./store.js";

/** The page says so when no result has come for this long. */
const STALE_AFTER = 150_000;

/** Commits no older than this are recent; a minute is committed by then if its market trades. */
const RECENT = 90_000;
/** Results of a market that goes on lie no further behind the clock than this. */
const LEVEL = 180_000;
/** Without a commit for so long a feed is not delayed any more: the run has ended. */
const OVER = 15 * 60_000;
/** What was committed so long ago is history, and a market whose time is so far from the clock is played. */
const DAY = 86_400_000;

/**
 * What the newest results are: of the market now (live), of it but late (delayed), of a run that has ended, of the past
 * (history), or of a market that is played at another time (simulated).
 */
export type State = "live" | "delayed" | "ended" | "history" | "simulated";

export const STATE_TEXT: Record<State, string> = { live: "Live", delayed: "Delayed", ended: "Ended", history: "History", simulated: "Simulated" };

/**
 * Tells the state from the clock alone, all in milliseconds since the epoch.
 *
 * @param committedAt when the newest result was committed; NaN if rows do not say
 * @param minuteEnd end of the newest minute; NaN without any
 */
export function stateOf(now: number, committedAt: number, minuteEnd: number): State {
  const age = now - committedAt;
  if (!Number.isFinite(committedAt) || !Number.isFinite(minuteEnd) || age > DAY) return "history";
  if (age > OVER) return "ended";
  if (Math.abs(now - minuteEnd) > DAY) return age > LEVEL ? "ended" : "simulated";
  return age <= RECENT && now - minuteEnd <= LEVEL ? "live" : "delayed";
}

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

  /** Returns the state of the newest results. */
  state(live: RowStore): State {
    const newest = live.bars.last();
    return stateOf(Date.now() + this.clock.ahead(), this.committedAt, newest === undefined ? NaN : newest[0] + 60_000);
  }

  /** Returns what the newest results are, and as of when. */
  text(live: RowStore): string {
    const newest = live.bars.last();
    const asOf = newest === undefined ? "" : `, as of ${moment(newest[0])} UTC`;
    return STATE_TEXT[this.state(live)] + asOf;
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
