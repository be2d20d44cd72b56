/** What the server says, by REST and by push. Names are those of the columns; see openapi.yaml and push.md. */

export type Regime = "STABLE_LIQUIDITY" | "HIGH_VOLATILITY" | "LIQUIDITY_CRISIS";
export type Interval = "1m" | "5m" | "15m" | "1h" | "4h" | "1d";
/** A number of the market, exact as the exchange wrote it. */
export type Exact = string;
/** A time as ISO-8601 text in UTC. */
export type Time = string;

/** What rows of minutes have in common. Fields that roll-ups, or rows of some tables, do without are optional. */
export interface Timed {
  symbol: string;
  open_time: Time;
  is_final?: boolean;
  /** Of a bar: how often late trades changed it after it was final. */
  revision?: number;
  /** Of what was computed from a bar: that bar's revision. */
  bar_revision?: number;
  received_at?: Time | null;
  committed_at?: Time | null;
  /** Of a roll-up: how many minutes it covers. */
  minutes?: number;
}

export interface BarRow extends Timed {
  open: Exact;
  high: Exact;
  low: Exact;
  close: Exact;
  volume: Exact;
  quote_volume: Exact | null;
  taker_buy_volume: Exact | null;
  taker_buy_quote_volume: Exact | null;
  trade_count: number | null;
  first_trade_id: number | null;
  last_trade_id: number | null;
  complete: boolean;
}

export interface FeatureRow extends Timed {
  schema_version: number;
  momentum: number | null;
  volatility_proxy: number | null;
  activity_ratio: number | null;
  log_volatility: number | null;
  log_volume: number | null;
  scaled_return: number | null;
  range_surge: number | null;
  volume_surge: number | null;
  taker_imbalance: number | null;
  baseline_bars: number | null;
}

/** The features that the page draws. */
export const FEATURES = [
  "momentum", "volatility_proxy", "activity_ratio", "scaled_return", "range_surge", "volume_surge",
  "log_volatility", "log_volume", "taker_imbalance",
] as const satisfies readonly (keyof FeatureRow)[];
export type Feature = (typeof FEATURES)[number];

export interface RegimeRow extends Timed {
  model_id: string;
  model_version: number;
  regime: Regime;
  confirmed_regime?: Regime;
  p_stable: number;
  p_volatile: number;
  p_crisis: number;
  surprise: number | null;
  surprise_threshold?: number | null;
  is_surprising: boolean | null;
  is_shadow: boolean;
  /** Of a roll-up: the minute of the largest surprise. */
  peak_time?: Time;
  /** Of a roll-up: the minutes of each regime that this model was in charge of. */
  stable_minutes?: number;
  volatile_minutes?: number;
  crisis_minutes?: number;
}

export interface AnomalyRow extends Timed {
  model_id: string;
  model_version: number;
  score: number;
  threshold: number;
  is_anomaly: boolean;
  severity: number;
  attribution: Record<string, number>;
  is_shadow: boolean;
  flagged?: number;
  /** Of a roll-up: the flagged minutes that this model was in charge of. */
  anomaly_minutes?: number;
  /** Of a roll-up: the minute of the highest score. */
  peak_time?: Time;
}

export interface QualityRow {
  symbol: string;
  detected_at: Time;
  kind: string;
  first_id: number;
  last_id: number;
  missing: number;
  repaired: number;
  detail: string;
  committed_at: Time | null;
}

export interface ModelRow {
  model_id: string;
  model_version: number;
  role: string;
  symbol: string;
  schema_version: number;
  sha256: string;
  trained_from: Time | null;
  trained_to: Time | null;
  effective_from: Time;
  status: string;
  provenance: unknown;
  committed_at: Time | null;
}

export interface SymbolState {
  symbol: string;
  oldest_open_time: Time;
  newest_open_time: Time;
  price: Exact;
  regime: Regime | null;
}

export interface Summary {
  symbol: string;
  price: Exact;
  change_1h_percent: number | null;
  change_24h_percent: number | null;
  regime: Regime | null;
  regime_time: Time | null;
  confidence: number | null;
  since: Time | null;
}

export interface Faults {
  gaps: number;
  ids_lost: number;
  ids_repaired: number;
  reconnects: number;
  stalls: number;
}

/** What the newest results are; the API's description defines each. */
export type Freshness = "LIVE" | "DELAYED" | "ENDED" | "HISTORY" | "SIMULATED";

export interface FeedState {
  symbol: string;
  freshness: Freshness;
  as_of: Time;
  lag_seconds: number | null;
  last_hour: Faults;
  last_day: Faults;
}

export interface Health {
  status: "up" | "degraded";
  version: string;
  database: { status: "up" | "down"; detail: string | null; newest_commit: Time | null };
  latency_ms: { received_to_committed: { count: number; p50: number | null; p99: number | null } };
  feeds: FeedState[];
}

export interface Rows {
  bars?: BarRow[];
  features?: FeatureRow[];
  regimes?: RegimeRow[];
  anomalies?: AnomalyRow[];
  quality?: QualityRow[];
  models?: ModelRow[];
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type Verdict = "TRUE" | "FALSE" | "UNCLEAR";

export interface LabelRow {
  symbol: string;
  open_time: Time;
  analyst: string;
  verdict: Verdict;
  note: string;
  labelled_at: Time;
}

/** A problem document as RFC 9457 defines it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  parameter?: string;
}

export type Incoming =
  | { type: "hello"; server_time_ms: number; version: string; interval_ms: number }
  | ({ type: "snapshot"; symbol: string; cursor: string; reason?: string } & Rows)
  | ({ type: "update"; cursor: string; sent_at_ms: number } & Rows)
  | { type: "resumed"; cursor: string }
  | { type: "status"; database: "up" | "down"; detail?: string }
  | { type: "pong"; at: number; server_time_ms: number }
  | ({ type: "problem" } & { [field in keyof Problem as field extends "type" ? never : field]?: Problem[field] });

export type Outgoing =
  | { type: "subscribe"; symbols: string[]; history: number; cursor?: string }
  | { type: "unsubscribe"; symbols: string[] }
  | { type: "ping"; at: number }
  | { type: "seen"; latency_ms: number[] };
