import type { AnomalyRow, Feature, FeatureRow, RegimeRow } from "./contract.js";
import { STEP, type Span } from "./intervals.js";
import { confidence, regimeRuns } from "./statistics.js";
import { isFinal, type RowStore } from "./store.js";
import { REGIME_ORDER } from "./terms.js";

/** A point of a line: centre of the bar, value; null breaks the line. */
export type Point = [number, number | null];

/** Everything the charts draw, as plain numbers. Bars stand at the centre of the time they cover. */
export interface Drawing {
  step: number;
  /** Each candle is centre, open, close, low, high. */
  candles: number[][];
  /** So many bars are in view that each is a stroke: they are drawn as one. */
  crowded: boolean;
  /** Index of the candle whose minute still runs, or −1. */
  running: number;
  /** Drawn as a line across the view. */
  lastPrice: number | null;
  /** Each volume is centre, volume, part of it bought by takers; NaN where the source has no taker side. */
  volumes: [number, number, number][];
  /** Each run is from, to, index in REGIME_ORDER. */
  runs: [number, number, number][];
  probabilities: Point[][];
  confidence: Point[];
  score: Point[];
  threshold: Point[];
  /** Each flagged point is centre, value, severity. */
  flaggedPrice: [number, number, number][];
  flaggedScore: [number, number, number][];
  surprisingScore: [number, number, number][];
  features: Point[][];
}

/** @param view what is seen of `span` */
export function drawingOf(store: RowStore, span: Span, view: Span, features: readonly Feature[]): Drawing {
  const step = STEP[store.interval];
  const bars = store.within(store.bars, span), regimes = store.within(store.regimes, span);
  const anomalies = store.within(store.anomalies, span), values = store.within(store.features, span);
  const x = (at: number): number => at + step / 2;
  const line = <T>(rows: readonly (readonly [number, T])[], value: (row: T) => number | null | undefined): Point[] =>
    unbroken(rows.map(([at, row]) => [x(at), finite(value(row))]), step);
  const scores = new Map(anomalies.map(([at, row]) => [at, row.score]));
  const highs = new Map(bars.map(([at, row]) => [at, Number(row.high)]));
  const flagged = gravest(anomalies.filter(([, row]) => row.is_anomaly));
  const last = bars.at(-1);
  return {
    step,
    candles: bars.map(([at, bar]) => [x(at), Number(bar.open), Number(bar.close), Number(bar.low), Number(bar.high)]),
    crowded: (view.to - view.from) / step > CROWD,
    running: last !== undefined && !isFinal(last[1]) ? bars.length - 1 : -1,
    lastPrice: last === undefined ? null : Number(last[1].close),
    volumes: bars.map(([at, bar]) => [x(at), Number(bar.volume), bar.taker_buy_volume === null ? NaN : Number(bar.taker_buy_volume)]),
    runs: regimeRuns(regimes, step).map(run => [run.from, run.to, REGIME_ORDER.indexOf(run.regime)]),
    probabilities: [line(regimes, row => row.p_stable), line(regimes, row => row.p_volatile), line(regimes, row => row.p_crisis)],
    confidence: line<RegimeRow>(regimes, confidence),
    score: line<AnomalyRow>(anomalies, row => row.score),
    threshold: line<AnomalyRow>(anomalies, row => row.threshold),
    flaggedPrice: flagged.flatMap(([at, row]) => mark(x(at), highs.get(at), row.severity)),
    flaggedScore: flagged.map(([at, row]) => [x(at), row.score, row.severity]),
    surprisingScore: regimes.filter(([, row]) => row.is_surprising === true)
      .flatMap(([at, row]) => mark(x(at), scores.get(at), row.surprise ?? 0)),
    features: features.map(name => line<FeatureRow>(values, row => row[name])),
  };
}

const CROWD = 450;

/** In a long view nearly every bucket has an anomaly: only the gravest are marked. */
const MOST_MARKS = 60;

const gravest = (rows: (readonly [number, AnomalyRow])[]): (readonly [number, AnomalyRow])[] =>
  rows.length <= MOST_MARKS ? rows : [...rows].sort((a, b) => b[1].severity - a[1].severity).slice(0, MOST_MARKS);

const finite = (value: number | null | undefined): number | null =>
  value !== null && value !== undefined && Number.isFinite(value) ? value : null;

const mark = (x: number, y: number | undefined, severity: number): [number, number, number][] =>
  y === undefined ? [] : [[x, y, severity]];

/** Breaks the line where bars are missing, so that no stroke crosses the gap. */
export function unbroken(points: readonly Point[], step: number): Point[] {
  const line: Point[] = [];
  for (const point of points) {
    const before = line.at(-1);
    if (before !== undefined && point[0] - before[0] > step) line.push([before[0] + step, null]);
    line.push(point);
  }
  return line;
}
