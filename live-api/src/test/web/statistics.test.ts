import type { AnomalyRow, RegimeRow } from "../../main/web/contract.js";
import { confidence, rangeFigures, regimeRuns, regimeShares, signals } from "../../main/web/statistics.js";
import { close, equal, test } from "./harness.js";
import { bar } from "./store.test.js";

const MINUTE = 60_000;
const regime = (name: RegimeRow["regime"], p: [number, number, number]): RegimeRow => ({
  symbol: "BTCUSDT", open_time: "", model_id: "hmm", model_version: 1, regime: name, p_stable: p[0], p_volatile: p[1], p_crisis: p[2], surprise: 1, is_surprising: false, is_shadow: false,
});
const stable = regime("STABLE_LIQUIDITY", [0.9, 0.1, 0]), crisis = regime("LIQUIDITY_CRISIS", [0.1, 0.2, 0.7]);

test("VWAP, sides and change are those of the bars in view", () => {
  const figures = rangeFigures([[0, bar(0, "110")], [MINUTE, bar(1, "121", { volume: "6", quote_volume: "720", taker_buy_volume: "3" })]], "1m");
  close(figures.vwap, 920 / 8, 1e-12);
  close(figures.ratio, 4.5 / 3.5, 1e-12);
  close(figures.change, 0.21, 1e-12);
  equal([figures.volume, figures.trades, figures.bars], [8, 6, 2]);
});
test("volatility is that of log returns between bars that touch, by the year", () => {
  const rows = [[0, bar(0, "100")], [MINUTE, bar(1, "101")], [9 * MINUTE, bar(9, "150")]] as const;
  close(rangeFigures(rows, "1m").annualisedVolatility, Math.log(1.01) * Math.sqrt(525_600), 1e-9);
});
test("figures are NaN where the source does not have them", () => {
  const figures = rangeFigures([[0, bar(0, "100", { quote_volume: null, taker_buy_volume: null, trade_count: null })]], "1m");
  equal([figures.vwap, figures.ratio, figures.trades, figures.annualisedVolatility], [NaN, NaN, NaN, NaN]);
});
test("no bars give no figures", () => {
  const figures = rangeFigures([], "1m");
  equal([figures.change, figures.vwap, figures.bars], [NaN, NaN, 0]);
});
test("shares of the regimes add up to one", () => {
  equal(regimeShares([stable, stable, stable, crisis]), { STABLE_LIQUIDITY: 0.75, HIGH_VOLATILITY: 0, LIQUIDITY_CRISIS: 0.25 });
});
test("shares over roll-ups are those of their minutes, not of the regime of the mean", () => {
  const bucket = (minutes: [number, number, number]): RegimeRow => ({ ...stable, minutes: 60, stable_minutes: minutes[0], volatile_minutes: minutes[1], crisis_minutes: minutes[2] });
  equal(regimeShares([bucket([40, 20, 0]), bucket([35, 0, 25])]), { STABLE_LIQUIDITY: 75 / 120, HIGH_VOLATILITY: 20 / 120, LIQUIDITY_CRISIS: 25 / 120 });
  equal(regimeShares([]), { STABLE_LIQUIDITY: 0, HIGH_VOLATILITY: 0, LIQUIDITY_CRISIS: 0 });
});
test("confidence is the probability of the regime that is named", () => {
  equal([confidence(stable), confidence(crisis)], [0.9, 0.7]);
});
test("runs end where the regime changes and where a bar is missing", () => {
  equal(regimeRuns([[0, stable], [1, stable], [2, crisis], [5, crisis]], 1),
    [{ regime: "STABLE_LIQUIDITY", from: 0, to: 2 }, { regime: "LIQUIDITY_CRISIS", from: 2, to: 3 }, { regime: "LIQUIDITY_CRISIS", from: 5, to: 6 }]);
});
test("anomalies of a roll-up are counted by their minutes", () => {
  const row = (more: Partial<AnomalyRow>): AnomalyRow => ({ symbol: "", open_time: "", model_id: "", model_version: 1, score: 0.7, threshold: 0.6, is_anomaly: true, severity: 5, attribution: {}, is_shadow: false, ...more });
  equal(signals([row({ flagged: 4, anomaly_minutes: 3 }), row({}), row({ is_anomaly: false })]), 4);
});
