import type { Feature, Regime } from "./contract.js";

/** The name of a regime, its letter on the charts, its key in the style sheet, and what it means. */
export interface RegimeTerm {
  name: string;
  letter: string;
  key: "stable" | "volatile" | "crisis";
  means: string;
}

export const REGIMES: Record<Regime, RegimeTerm> = {
  STABLE_LIQUIDITY: {
    name: "Stable liquidity", letter: "S", key: "stable",
    means: "Calm: ranges are narrow for this market, and orders are absorbed without much movement.",
  },
  HIGH_VOLATILITY: {
    name: "High volatility", letter: "V", key: "volatile",
    means: "Busy: ranges are wider than usual, and the same order moves the price further.",
  },
  LIQUIDITY_CRISIS: {
    name: "Liquidity crisis", letter: "C", key: "crisis",
    means: "Stressed: ranges are among the widest of this market; expect jumps and poor fills.",
  },
};

export const REGIME_ORDER: readonly Regime[] = ["STABLE_LIQUIDITY", "HIGH_VOLATILITY", "LIQUIDITY_CRISIS"];

export interface FeatureTerm {
  name: string;
  means: string;
  unit: "percent" | "times" | "plain";
}

export const FEATURE_TERMS: Record<Feature, FeatureTerm> = {
  momentum: { name: "Momentum", means: "log return from the close before", unit: "percent" },
  volatility_proxy: { name: "Volatility", means: "high minus low, divided by open", unit: "percent" },
  activity_ratio: { name: "Activity", means: "volume over the mean of the 20 minutes before", unit: "times" },
  scaled_return: { name: "Scaled return", means: "log of 1 plus the size of the return over the 14-day median volatility, with its sign", unit: "plain" },
  range_surge: { name: "Range surge", means: "log of the volatility over the 14-day median of the smoothed one, 0 below it", unit: "plain" },
  volume_surge: { name: "Volume surge", means: "log of the volume over the 14-day median of the smoothed one, 0 below it", unit: "plain" },
  log_volatility: { name: "Log volatility", means: "log of the smoothed volatility over its 14-day median", unit: "plain" },
  log_volume: { name: "Log volume", means: "log of the smoothed volume over its 14-day median", unit: "plain" },
  taker_imbalance: { name: "Taker imbalance", means: "taker buys minus taker sells, over the volume", unit: "plain" },
};

/** Returns the name of a feature; of one that is not known here, its column name in words. */
export const featureName = (name: string): string =>
  name in FEATURE_TERMS ? FEATURE_TERMS[name as Feature].name : name.replaceAll("_", " ");

/** Describes a severity, in robust standard deviations. */
export function severityText(severity: number): string {
  if (severity < 4) return "slightly unusual";
  if (severity < 8) return "clearly unusual";
  if (severity < 15) return "far outside the usual range";
  return "extreme";
}
