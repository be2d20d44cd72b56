import type { AnomalyRow, BarRow, FeatureRow, Interval, RegimeRow, Rows, Timed } from "./contract.js";
import { STEP, type Span } from "./intervals.js";

type Dated = Timed & { model_id?: string; model_version?: number; is_shadow?: boolean };

/** Rows by the time of their bar. A provisional row never replaces a final one, an older revision a newer, nor a challenger's the champion's. */
export class Track<T extends Dated> {
  private readonly rows = new Map<number, T>();
  private sorted: [number, T][] | null = null;

  /** Merges rows by key; returns true if anything changed. */
  merge(rows: readonly T[] | undefined): boolean {
    let changed = false;
    for (const row of rows ?? []) {
      const at = Date.parse(row.open_time);
      if (!row.is_shadow && replaces(row, this.rows.get(at))) {
        this.rows.set(at, row);
        changed = true;
      }
    }
    if (changed) this.sorted = null;
    return changed;
  }

  at(ms: number): T | undefined {
    return this.rows.get(ms);
  }

  /** Returns all rows in ascending order of time. */
  all(): readonly [number, T][] {
    this.sorted ??= [...this.rows].sort((a, b) => a[0] - b[0]);
    return this.sorted;
  }

  last(): [number, T] | undefined {
    return this.all().at(-1);
  }

  lastFinal(): [number, T] | undefined {
    return this.all().findLast(([, row]) => isFinal(row));
  }

  /** Those whose bar opens within the span. */
  within(span: Span): readonly [number, T][] {
    return this.all().filter(([at]) => at >= span.from && at < span.to);
  }

  forgetOutside(span: Span): void {
    for (const at of this.rows.keys()) if (at < span.from || at >= span.to) this.rows.delete(at);
    this.sorted = null;
  }
}

export const isFinal = (row: Timed): boolean => row.is_final !== false;

const revision = (row: Timed): number => row.revision ?? row.bar_revision ?? 0;

function replaces(row: Dated, held: Dated | undefined): boolean {
  if (held === undefined) return true;
  if (isFinal(held) && !isFinal(row)) return false;
  if (isFinal(held) !== isFinal(row)) return true;
  const newer = (row.model_version ?? 0) - (held.model_version ?? 0) || revision(row) - revision(held);
  return newer > 0 || (newer === 0 && (row.model_id ?? "") >= (held.model_id ?? ""));
}

/** Roll-ups of every model in charge by bucket: minutes of a bucket may be of several models. */
class ModelsInCharge<T extends Dated> {
  private readonly buckets = new Map<number, Map<string, T>>();

  merge(rows: readonly T[] | undefined): void {
    for (const row of rows ?? []) {
      if (row.is_shadow) continue;
      const at = Date.parse(row.open_time), models = this.buckets.get(at) ?? new Map<string, T>();
      this.buckets.set(at, models.set(`${row.model_id} ${row.model_version}`, row));
    }
  }

  /** Returns the rows of every model in charge of minutes of the buckets that open within the span. */
  within(span: Span): T[] {
    return [...this.buckets].filter(([at]) => at >= span.from && at < span.to).flatMap(([, models]) => [...models.values()]);
  }

  forgetOutside(span: Span): void {
    for (const at of this.buckets.keys()) if (at < span.from || at >= span.to) this.buckets.delete(at);
  }
}

/** All results of one symbol in one roll-up, and the span that is known to be complete. */
export class RowStore {
  readonly bars = new Track<BarRow>();
  readonly features = new Track<FeatureRow>();
  readonly regimes = new Track<RegimeRow>();
  private readonly regimesInCharge = new ModelsInCharge<RegimeRow>();
  readonly anomalies = new Track<AnomalyRow>();
  private readonly anomaliesInCharge = new ModelsInCharge<AnomalyRow>();
  span: Span | null = null;
  /** False once the run that writes the rows is known to have ended: no minute is in progress then. */
  goesOn = true;
  /** No bar is older than this one. */
  oldest: number | null = null;

  constructor(readonly interval: Interval) {}

  merge(rows: Rows): boolean {
    if (this.interval !== "1m") {
      this.regimesInCharge.merge(rows.regimes);
      this.anomaliesInCharge.merge(rows.anomalies);
    }
    const changed = [
      this.bars.merge(rows.bars), this.features.merge(rows.features),
      this.regimes.merge(rows.regimes), this.anomalies.merge(rows.anomalies),
    ];
    return changed.includes(true);
  }

  /** Returns what the time in each regime is made of: final minutes, or roll-ups with their minutes by regime. */
  regimeRows(span: Span): readonly RegimeRow[] {
    return this.interval === "1m" ? this.regimes.within(span).map(([, row]) => row).filter(isFinal) : this.regimesInCharge.within(span);
  }

  /** Returns what anomalies are counted from: minutes, or roll-ups of every model in charge. */
  anomalyRows(span: Span): readonly AnomalyRow[] {
    return this.interval === "1m" ? this.within(this.anomalies, span).map(([, row]) => row) : this.anomaliesInCharge.within(span);
  }

  /** Rows whose bar opens within the span, without those of minutes that nobody finishes. */
  within<T extends Dated>(track: Track<T>, span: Span): readonly [number, T][] {
    return track.within(span).filter(([at, row]) => !this.isAbandoned(at, row));
  }

  /**
   * True of a minute that still says to run though its run has ended, a later one is final, or two later ones are known: the
   * run that wrote it was stopped within it. The newest minute of a run that goes on and the one before it, whose final row is
   * on its way, are not.
   */
  isAbandoned(at: number, row: Timed): boolean {
    if (isFinal(row)) return false;
    if (!this.goesOn) return true;
    const newest = this.bars.last()?.[0] ?? at, settled = this.bars.lastFinal()?.[0] ?? at;
    return at < settled || at < newest - STEP[this.interval];
  }

  /** Notes that everything of a span is held now; spans that do not touch replace each other. */
  cover(span: Span): void {
    const held = this.span;
    const apart = held === null || span.from > held.to || span.to < held.from;
    if (apart) this.forgetOutside(span);
    this.span = apart ? span : { from: Math.min(held.from, span.from), to: Math.max(held.to, span.to) };
  }

  /** Keeps memory bounded on long walks through history. */
  forgetOutside(span: Span): void {
    for (const track of [this.bars, this.features, this.regimes, this.anomalies, this.regimesInCharge, this.anomaliesInCharge]) track.forgetOutside(span);
    if (this.span !== null) {
      this.span = { from: Math.max(this.span.from, span.from), to: Math.min(this.span.to, span.to) };
    }
  }

  /** Returns the end of the newest bar; null without bars. */
  end(): number | null {
    const last = this.bars.last();
    return last === undefined ? null : last[0] + STEP[this.interval];
  }
}
