import type { AnomalyRow, BarRow, Interval, Regime, RegimeRow } from "./contract.js";
import { STEP } from "./intervals.js";

/** Figures over the bars that are shown. NaN where the source does not have them. */
export interface RangeFigures {
  change: number;
  /** Σ quote volume by Σ volume. */
  vwap: number;
  volume: number;
  buys: number;
  sells: number;
  /** Volume bought by takers by volume sold by takers. */
  ratio: number;
  trades: number;
  /** √(mean of squared log returns · bars a year): 365 days, crypto trades round the clock. */
  annualisedVolatility: number;
  bars: number;
}

export function rangeFigures(rows: readonly (readonly [number, BarRow])[], interval: Interval): RangeFigures {
  let volume = 0, quote = 0, buys = 0, trades = 0, squares = 0, returns = 0;
  let before: number | null = null, beforeAt = 0;
  for (const [at, bar] of rows) {
    const close = Number(bar.close), size = Number(bar.volume);
    volume += size;
    quote += bar.quote_volume === null ? NaN : Number(bar.quote_volume);
    buys += bar.taker_buy_volume === null ? NaN : Number(bar.taker_buy_volume);
    trades += bar.trade_count ?? NaN;
    if (before !== null && at - beforeAt === STEP[interval]) {
      squares += Math.log(close / before) ** 2;
      returns += 1;
    }
    before = close;
    beforeAt = at;
  }
  const first = rows[0]?.[1], last = rows.at(-1)?.[1];
  const year = 365 * 86_400_000;
  return {
    change: first && last ? Number(last.close) / Number(first.open) - 1 : NaN,
    vwap: quote / volume,
    volume, buys, sells: volume - buys, ratio: buys / (volume - buys), trades,
    annualisedVolatility: returns === 0 ? NaN : Math.sqrt((squares / returns) * (year / STEP[interval])),
    bars: rows.length,
  };
}

/** Share of the judged minutes in each regime, of minutes or of roll-ups alike; the shares of no minutes are 0. */
export function regimeShares(rows: readonly RegimeRow[]): Record<Regime, number> {
  const minutes: Record<Regime, number> = { STABLE_LIQUIDITY: 0, HIGH_VOLATILITY: 0, LIQUIDITY_CRISIS: 0 };
  for (const row of rows) {
    if (row.stable_minutes === undefined) minutes[row.regime] += 1;
    minutes.STABLE_LIQUIDITY += row.stable_minutes ?? 0;
    minutes.HIGH_VOLATILITY += row.volatile_minutes ?? 0;
    minutes.LIQUIDITY_CRISIS += row.crisis_minutes ?? 0;
  }
  const all = Math.max(1, minutes.STABLE_LIQUIDITY + minutes.HIGH_VOLATILITY + minutes.LIQUIDITY_CRISIS);
  return { STABLE_LIQUIDITY: minutes.STABLE_LIQUIDITY / all, HIGH_VOLATILITY: minutes.HIGH_VOLATILITY / all, LIQUIDITY_CRISIS: minutes.LIQUIDITY_CRISIS / all };
}

/** Probability of the regime that the row names. */
export const confidence = (row: RegimeRow): number =>
  ({ STABLE_LIQUIDITY: row.p_stable, HIGH_VOLATILITY: row.p_volatile, LIQUIDITY_CRISIS: row.p_crisis })[row.regime];

/** Anomalies among the rows: of a roll-up as many as its minutes have. */
export const signals = (rows: readonly AnomalyRow[]): number =>
  rows.reduce((sum, row) => sum + (row.anomaly_minutes ?? (row.is_anomaly ? 1 : 0)), 0);

/** A run of consecutive bars of one regime. */
export interface Run {
  regime: Regime;
  from: number;
  /** The end of the last bar, milliseconds since the epoch. */
  to: number;
}

export function regimeRuns(rows: readonly (readonly [number, RegimeRow])[], step: number): Run[] {
  const runs: Run[] = [];
  for (const [at, row] of rows) {
    const last = runs.at(-1);
    if (last !== undefined && last.regime === row.regime && last.to === at) last.to = at + step;
    else runs.push({ regime: row.regime, from: at, to: at + step });
  }
  return runs;
}
