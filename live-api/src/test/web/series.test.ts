import { drawingOf, unbroken } from "../../main/web/series.js";
import { Holding } from "../../main/web/store.js";
import { equal, test } from "./harness.js";
import { bar } from "./store.test.js";

const T0 = Date.UTC(2026, 0, 1), MINUTE = 60_000;

test("a hole in the bars is a hole in the line", () => {
  equal(unbroken([[0, 1], [60, 2], [240, 3]], 60), [[0, 1], [60, 2], [120, null], [240, 3]]);
});
test("bars stand at the centre of their time and the running one is told apart", () => {
  const holding = new Holding("1m");
  holding.merge({ bars: [bar(0, "105"), bar(1, "95", { is_final: false, taker_buy_volume: null })] });
  const drawing = drawingOf(holding, { from: T0, to: T0 + 2 * MINUTE }, { from: T0, to: T0 + 2 * MINUTE }, ["momentum"]);
  equal(drawing.candles, [[T0 + 30_000, 100, 105, 90, 110], [T0 + 90_000, 100, 95, 90, 110]]);
  equal([drawing.running, drawing.lastPrice], [1, 95]);
  equal(drawing.volumes, [[T0 + 30_000, 2, 1.5], [T0 + 90_000, 2, NaN]]);
});
test("of many anomalies the gravest are marked", () => {
  const holding = new Holding("1m");
  const open = (minute: number): string => new Date(T0 + minute * MINUTE).toISOString();
  const minutes = [...Array(100).keys()];
  holding.merge({ anomalies: minutes.map(minute => ({ symbol: "", open_time: open(minute), model_id: "f", model_version: 1, score: 0.7, threshold: 0.6, is_anomaly: true, severity: minute, attribution: {} })) });
  const marked = drawingOf(holding, { from: T0, to: T0 + 100 * MINUTE }, { from: T0, to: T0 + MINUTE }, []).flaggedScore.map(([, , severity]) => severity);
  equal([marked.length, Math.min(...marked)], [60, 40]);
});
