import type { Interval } from "./contract.js";
import { byId, write } from "./dom.js";
import { clock, compact, count, day, fixed, percent, price, signedPercent } from "./format.js";
import { STEP, type Span } from "./intervals.js";
import { rangeFigures, regimeShares, signals } from "./statistics.js";
import type { RowStore } from "./store.js";
import { REGIMES, REGIME_ORDER } from "./terms.js";

/** The tiles: figures over exactly the bars that are in view. */
export function showFigures(store: RowStore, view: Span): void {
  const seen = { from: view.from - STEP[store.interval] / 2, to: view.to };
  const figures = rangeFigures(store.within(store.bars, seen), store.interval);
  write("figures-range", rangeText(counted(store, seen, view), store.interval));
  write("tile-change", signedPercent(figures.change));
  write("tile-vwap", Number.isFinite(figures.vwap) ? price(figures.vwap) : "–");
  write("tile-ratio", fixed(figures.ratio, 2));
  write("tile-buys", compact(figures.buys));
  write("tile-sells", compact(figures.sells));
  write("tile-volatility", percent(figures.annualisedVolatility, 1));
  write("tile-trades", count(figures.trades));
  write("tile-signals", count(signals(store.anomalyRows(seen))));
  showShares(store, seen);
}

/** The time that the figures are about: from the first to the last bar that is counted. */
function counted(store: RowStore, seen: Span, view: Span): Span {
  const rows = store.within(store.bars, seen), first = rows[0], last = rows.at(-1);
  return first === undefined || last === undefined ? view : { from: first[0], to: last[0] + STEP[store.interval] };
}

function showShares(store: RowStore, seen: Span): void {
  const shares = regimeShares(store.regimeRows(seen));
  for (const regime of REGIME_ORDER) {
    const { key } = REGIMES[regime];
    write(`share-${key}`, percent(shares[regime], 1));
    byId(`share-bar-${key}`).style.flexGrow = String(shares[regime]);
  }
}

const BARS: Record<Interval, string> = { "1m": "minutes", "5m": "bars of 5 minutes", "15m": "bars of 15 minutes", "1h": "hours", "4h": "bars of 4 hours", "1d": "days" };

/** 2026-01-05 00:17 – 01:17 UTC, in minutes */
export function rangeText(view: Span, interval: Interval): string {
  const sameDay = day(view.from) === day(view.to);
  const to = sameDay ? clock(view.to) : `${day(view.to)} ${clock(view.to)}`;
  return `${day(view.from)} ${clock(view.from)} – ${to} UTC, in ${BARS[interval]}`;
}
