import { drawingOf, unbroken } from "../../main/web/series.js";
import { RowStore } from "../../main/web/store.js";
import { equal, test } from "./harness.js";
import { bar } from "./store.test.js";

const T0 = Date.UTC(2026, 0, 1), MINUTE = 60_000;

test("missing bars break the line", () => {
  equal(unbroken([[0, 1], [60, 2], [240, 3]], 60), [[0, 1], [60, 2], [120, null], [240, 3]]);
});
test("bars stand at the centre of their time and the one in progress is marked", () => {
  const store = new RowStore("1m");
  store.merge({ bars: [bar(0, "105"), bar(1, "95", { is_final: false, taker_buy_volume: null })] });
  const drawing = drawingOf(store, { from: T0, to: T0 + 2 * MINUTE }, { from: T0, to: T0 + 2 * MINUTE }, ["momentum"]);
  equal(drawing.candles, [[T0 + 30_000, 100, 105, 90, 110], [T0 + 90_000, 100, 95, 90, 110]]);
  equal([drawing.running, drawing.lastPrice], [1, 95]);
  equal(drawing.volumes, [[T0 + 30_000, 2, 1.5], [T0 + 90_000, 2, NaN]]);
});
test("of many anomalies the gravest are marked", () => {
  const store = new RowStore("1m");
  const open = (minute: number): string => new Date(T0 + minute * MINUTE).toISOString();
  const minutes = [...Array(100).keys()];
  store.merge({ anomalies: minutes.map(minute => ({ symbol: "", open_time: open(minute), model_id: "f", model_version: 1, score: 0.7, threshold: 0.6, is_anomaly: true, severity: minute, attribution: {}, is_shadow: false })) });
  const marked = drawingOf(store, { from: T0, to: T0 + 100 * MINUTE }, { from: T0, to: T0 + MINUTE }, []).flaggedScore.map(([, , severity]) => severity);
  equal([marked.length, Math.min(...marked)], [60, 40]);
});
test("an abandoned minute breaks the line, the newest two do not", () => {
  const store = new RowStore("1m"), span = { from: T0, to: T0 + 9 * MINUTE }, running = { is_final: false };
  const centres = (): number[] => drawingOf(store, span, span, []).candles.map(candle => ((candle[0] ?? NaN) - T0) / MINUTE - 0.5);
  store.merge({ bars: [bar(0, "100"), bar(1, "101", running)] });
  equal(centres(), [0, 1]);
  store.merge({ bars: [bar(2, "102", running)] });
  equal(centres(), [0, 1, 2]);
  store.merge({ bars: [bar(5, "105", running)] });
  equal(centres(), [0, 5]);
  store.merge({ bars: [bar(5, "105"), bar(6, "106", running)] });
  equal([centres(), drawingOf(store, span, span, []).running], [[0, 5, 6], 2]);
  store.merge({ bars: [bar(1, "101")] });
  equal(centres(), [0, 1, 5, 6]);
});
test("what was computed for an unfinished minute is left out with it", () => {
  const store = new RowStore("1m"), span = { from: T0, to: T0 + 9 * MINUTE };
  const values = (minute: number, is_final: boolean) => ({
    symbol: "", open_time: new Date(T0 + minute * MINUTE).toISOString(), is_final, schema_version: 1, momentum: minute, volatility_proxy: null, activity_ratio: null,
    log_volatility: null, log_volume: null, scaled_return: null, range_surge: null, volume_surge: null, taker_imbalance: null, baseline_bars: null,
  });
  store.merge({ bars: [bar(1, "101", { is_final: false }), bar(3, "103")], features: [values(1, false), values(3, true)] });
  equal(drawingOf(store, span, span, ["momentum"]).features, [[[T0 + 3.5 * MINUTE, 3]]]);
});
