import { Refused, type Api } from "./api.js";
import type { Rows } from "./contract.js";
import { AIR, clampView, floorTo, intervalFor, missing, STEP, type Span } from "./intervals.js";
import { RowStore } from "./store.js";

const LEAST_SPAN = 5 * 60_000;
/** Share of the view that is fetched ahead on either side. */
const MARGIN = 0.4;

/**
 * The span that is seen and the roll-up that is drawn for it. Fetches what a move or a zoom makes visible, and some of what is on
 * either side before it is; what is held stays drawn until what is finer or coarser has come.
 */
export class Timeline {
  view: Span = { from: 0, to: 1 };
  shown: RowStore = new RowStore("1m");
  private symbol = "";
  private oldest = 0;
  private newestEnd = 0;
  private following = true;
  /** The one fetch that counts; an answer to any other is dropped. */
  private fetching: AbortController | null = null;
  /** Asked for while a fetch ran, or lost with one that failed. */
  private refreshDue = false;
  private refreshedAt = 0;

  constructor(private readonly api: Api, private readonly changed: () => void, private readonly failed: (e: unknown) => void) {}

  /** Starts anew at the newest bar of a symbol, as wide as the view was. */
  start(symbol: string, oldest: number, newestEnd: number, span: number): void {
    this.fetching?.abort();
    this.fetching = null;
    this.refreshDue = false;
    this.symbol = symbol;
    this.oldest = oldest;
    this.newestEnd = newestEnd;
    this.shown = new RowStore(intervalFor(span));
    this.show(span);
  }

  /** Shows the newest bars and follows them; `span` is the width of the view. */
  show(span: number): void {
    this.following = true;
    this.view = this.newestView(span);
    this.ensure();
    this.changed();
  }

  /** Where the reader moved the view to. */
  moveTo(view: Span): void {
    const end = this.newestView(view.to - view.from).to;
    this.following = view.to >= end - (view.to - view.from) * AIR;
    this.view = clampView(view, { from: Math.min(this.oldest, end - LEAST_SPAN), to: end }, LEAST_SPAN);
    this.ensure();
  }

  pan(fraction: number): void {
    const by = (this.view.to - this.view.from) * fraction;
    this.moveTo({ from: this.view.from + by, to: this.view.to + by });
    this.changed();
  }

  zoom(factor: number): void {
    const { from, to } = this.view, span = (to - from) * factor;
    const centre = this.following ? to - span / 2 : (from + to) / 2;
    this.moveTo({ from: centre - span / 2, to: centre + span / 2 });
    this.changed();
  }

  /** True if the newest bar is in view and stays so. */
  isFollowing(): boolean {
    return this.following;
  }

  /** Rows as they are pushed; of a coarser roll-up the newest buckets are fetched again when a minute is final. */
  merge(rows: Rows, newestEnd: number): void {
    const span = this.view.to - this.view.from;
    const grown = newestEnd > this.newestEnd;
    this.newestEnd = Math.max(this.newestEnd, newestEnd);
    if (grown && this.following) this.view = this.newestView(span);
    if (grown) this.trim();
    if (this.shown.interval === "1m") {
      const held = this.shown.span;
      if (held === null) return;
      this.shown.merge(rows);
      if (grown && held.to >= newestEnd - 2 * STEP["1m"]) this.shown.cover({ from: held.from, to: newestEnd });
      else if (grown) this.ensure();
    } else if (grown && Date.now() - this.refreshedAt > 15_000) {
      this.refresh();
    }
  }

  /** What may have been missed while the connection was away. */
  refresh(): void {
    this.refreshDue = this.fetching !== null;
    if (this.refreshDue) return;
    this.refreshedAt = Date.now();
    const held = this.shown.span;
    if (held === null) return this.ensure();
    const from = floorTo(held.to - 1, this.shown.interval);
    void this.fetch(this.shown, { from, to: Math.max(this.newestEnd, held.to) });
  }

  /** The view without the air on its right. */
  seen(): Span {
    return { from: this.view.from, to: Math.min(this.view.to, this.shown.end() ?? this.view.to) };
  }

  /** What the axis spans: all that is held, and air. */
  extent(): Span {
    const held = this.shown.span ?? this.view;
    const air = (this.view.to - this.view.from) * AIR;
    return { from: Math.min(held.from, this.view.from), to: Math.max(held.to + air, this.view.to) };
  }

  /** True while the first rows of a view are on their way. */
  isLoading(): boolean {
    return this.fetching !== null;
  }

  private newestView(span: number): Span {
    const to = this.newestEnd + span * AIR;
    return { from: to - span, to };
  }

  private ensure(): void {
    const span = this.view.to - this.view.from;
    const interval = intervalFor(span);
    const store = interval === this.shown.interval ? this.shown : new RowStore(interval);
    const near = this.within({ from: this.view.from - span / 4, to: this.view.to + span / 4 }, interval);
    if (missing(store.span, near) === null || this.fetching !== null) return;
    const wanted = this.within({ from: this.view.from - MARGIN * span, to: this.view.to + MARGIN * span }, interval);
    const gap = missing(store.span, wanted);
    if (gap !== null) void this.fetch(store, gap);
  }

  private within(span: Span, interval: RowStore["interval"]): Span {
    const from = floorTo(Math.max(span.from, Math.min(this.oldest, this.newestEnd)), interval);
    return { from, to: Math.max(from + STEP[interval], floorTo(Math.min(span.to, this.newestEnd) - 1, interval) + STEP[interval]) };
  }

  private async fetch(store: RowStore, gap: Span): Promise<void> {
    const control = new AbortController();
    this.fetching = control;
    try {
      const rows = await this.api.rows(this.symbol, store.interval, gap, control.signal);
      if (this.fetching !== control) return;
      store.cover(gap);
      store.merge(rows);
      this.shown = store;
      this.trim();
      this.fetching = null;
      this.changed();
      this.goOn();
    } catch (e) {
      if (this.fetching !== control) return;
      this.fetching = null;
      this.failed(e);
      if (e instanceof Refused && e.problem.status < 429) return;
      this.refreshDue = true;
      window.setTimeout(() => this.goOn(), 3_000);
    }
  }

  private goOn(): void {
    if (this.refreshDue) this.refresh();
    else this.ensure();
  }

  /** Keeps at most some views' width on either side. */
  private trim(): void {
    const span = this.view.to - this.view.from;
    const held = this.shown.span;
    if (held !== null && held.to - held.from > 8 * span) {
      this.shown.forgetOutside({ from: this.view.from - 2.5 * span, to: this.view.to + 2.5 * span });
    }
  }
}
