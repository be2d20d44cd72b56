/** Smallest value that at least the share `p` of the values does not exceed; NaN of none. */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? NaN;
}

/** How far the server's clock is ahead of this one, from the exchange with the shortest way there and back. */
export class ServerClock {
  private readonly exchanges: { trip: number; ahead: number }[] = [];

  pong(sentAt: number, serverTime: number, now: number): void {
    this.exchanges.push({ trip: now - sentAt, ahead: serverTime - (sentAt + now) / 2 });
    if (this.exchanges.length > 8) this.exchanges.shift();
  }

  ahead(): number {
    if (this.exchanges.length === 0) return 0;
    return this.exchanges.reduce((best, each) => (each.trip < best.trip ? each : best)).ahead;
  }
}

const WINDOW = 60_000;
/** Older than this when drawn: it was missed and fetched later, which is no latency of the path. */
const CAUGHT_UP = 30_000;

/** Trade received → drawn on this page, over the last minute. */
export class DrawnLatency {
  private samples: { at: number; latency: number }[] = [];
  private unsent: number[] = [];

  /** @param drawnAt this page's clock, when the frame was on its way to the screen */
  drawn(receivedAt: number, drawnAt: number, clock: ServerClock): void {
    const latency = Math.max(0, drawnAt + clock.ahead() - receivedAt);
    if (latency > CAUGHT_UP) return;
    this.samples.push({ at: drawnAt, latency });
    this.samples = this.samples.filter(sample => sample.at > drawnAt - WINDOW);
    if (this.unsent.length < 100) this.unsent.push(Math.round(latency));
  }

  /** p50 and p99 of the last minute, or null without a sample. */
  figures(now: number): { p50: number; p99: number; count: number } | null {
    const values = this.samples.filter(sample => sample.at > now - WINDOW).map(sample => sample.latency);
    if (values.length === 0) return null;
    return { p50: percentile(values, 0.5), p99: percentile(values, 0.99), count: values.length };
  }

  /** What has not been reported to the server yet; then it has. */
  takeUnsent(): number[] {
    const taken = this.unsent;
    this.unsent = [];
    return taken;
  }
}
