import type { Interval } from "./contract.js";

/** Length of each roll-up in milliseconds, in rising order. */
export const STEP: Record<Interval, number> = {
  "1m": 60_000, "5m": 300_000, "15m": 900_000, "1h": 3_600_000, "4h": 14_400_000, "1d": 86_400_000,
};
export const INTERVALS = Object.keys(STEP) as Interval[];

/** The most bars that are drawn at once. */
export const MAX_POINTS = 1500;

export type Preset = "15m" | "1h" | "6h" | "1d" | "1w" | "1M" | "1y";
const DAY = 86_400_000;
export const PRESETS: Record<Preset, number> = {
  "15m": 900_000, "1h": 3_600_000, "6h": 21_600_000, "1d": DAY, "1w": 7 * DAY, "1M": 30 * DAY, "1y": 365 * DAY,
};

/** Share of the view that is left empty on the right of the newest bar. */
export const AIR = 0.02;

/** Width of the view whose bars cover a span up to the newest one. */
export const withAir = (span: number): number => span / (1 - AIR);

/** The finest roll-up that draws a span with at most {@link MAX_POINTS} bars. */
export function intervalFor(span: number): Interval {
  return INTERVALS.find(interval => span / STEP[interval] <= MAX_POINTS) ?? "1d";
}

/** Start of the bucket that holds a moment. */
export const floorTo = (ms: number, interval: Interval): number => Math.floor(ms / STEP[interval]) * STEP[interval];

export interface Span {
  from: number;
  to: number;
}

/** What has to be fetched so that `wanted` is held, given what is; null if it is held already. */
export function missing(held: Span | null, wanted: Span): Span | null {
  if (held === null || wanted.to < held.from || wanted.from > held.to) return wanted;
  if (wanted.from < held.from && wanted.to > held.to) return wanted;
  if (wanted.from < held.from) return { from: wanted.from, to: held.from };
  return wanted.to > held.to ? { from: held.to, to: wanted.to } : null;
}

/** A view no wider than the data allow, kept inside `outer` where it fits. */
export function clampView(view: Span, outer: Span, least: number): Span {
  const span = Math.max(least, Math.min(view.to - view.from, outer.to - outer.from));
  const to = Math.min(outer.to, Math.max(view.to, outer.from + span));
  return { from: to - span, to };
}
