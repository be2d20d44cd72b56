import type { Feature, Regime } from "./contract.js";

/** What the three regimes are called, their letter on the charts, and what they mean. */
export interface RegimeTerm {
  name: string;
  letter: string;
  key: "stable" | "volatile" | "crisis";
  means: string;
}

export const REGIMES: Record<Regime, RegimeTerm> = {
  STABLE_LIQUIDITY: {
    name: "Stable liquidity", letter: "S", key: "stable",
    means: "Calm. Ranges are narrow for this market; orders are absorbed without much movement.",
  },
  HIGH_VOLATILITY: {
    name: "High volatility", letter: "V", key: "volatile",
    means: "Busy. Ranges are wider than usual; the same order moves the price further.",
  },
  LIQUIDITY_CRISIS: {
    name: "Liquidity crisis", letter: "C", key: "crisis",
    means: "Stressed. Among the widest ranges this market shows; expect jumps and poor fills.",
  },
};

export const REGIME_ORDER: readonly Regime[] = ["STABLE_LIQUIDITY", "HIGH_VOLATILITY", "LIQUIDITY_CRISIS"];

export interface FeatureTerm {
  name: string;
  means: string;
  unit: "percent" | "times" | "plain";
}

export const FEATURE_TERMS: Record<Feature, FeatureTerm> = {
  momentum: { name: "Momentum", means: "log return of the minute", unit: "percent" },
  volatility_proxy: { name: "Volatility", means: "high minus low, by the open", unit: "percent" },
  activity_ratio: { name: "Activity", means: "volume against the last 20 minutes' mean", unit: "times" },
  scaled_return: { name: "Scaled return", means: "return in units of its usual size", unit: "plain" },
  range_surge: { name: "Range surge", means: "log of the range against its baseline", unit: "plain" },
  volume_surge: { name: "Volume surge", means: "log of the volume against its baseline", unit: "plain" },
  log_volatility: { name: "Log volatility", means: "log of the range", unit: "plain" },
  log_volume: { name: "Log volume", means: "log of the volume", unit: "plain" },
  taker_imbalance: { name: "Taker imbalance", means: "taker buys minus sells, by their sum", unit: "plain" },
};

/** A feature's name, for those too that a later model may bring. */
export const featureName = (name: string): string =>
  name in FEATURE_TERMS ? FEATURE_TERMS[name as Feature].name : name.replaceAll("_", " ");

/** Robust standard deviations in words. */
export function severityText(severity: number): string {
  if (severity < 4) return "a little outside the ordinary";
  if (severity < 8) return "clearly outside the ordinary";
  if (severity < 15) return "far outside the ordinary";
  return "extreme";
}
