import { clampView, floorTo, intervalFor, MAX_POINTS, missing, PRESETS, STEP, type Preset } from "../../main/web/intervals.js";
import { equal, test } from "./harness.js";

test("every range is drawn with at most 1500 bars, the finest that fit", () => {
  const chosen = (Object.keys(PRESETS) as Preset[]).map(preset => intervalFor(PRESETS[preset]));
  equal(chosen, ["1m", "1m", "1m", "1m", "15m", "1h", "1d"]);
  for (const span of Object.values(PRESETS)) if (span / STEP[intervalFor(span)] > MAX_POINTS) throw new Error(`too many bars: span=${span}`);
});
test("buckets begin at multiples of their length", () => {
  equal(floorTo(Date.UTC(2026, 0, 1, 5, 59), "4h"), Date.UTC(2026, 0, 1, 4));
});
test("only what is not held is fetched", () => {
  equal(missing(null, { from: 5, to: 9 }), { from: 5, to: 9 });
  equal(missing({ from: 0, to: 10 }, { from: 5, to: 9 }), null);
  equal(missing({ from: 4, to: 10 }, { from: 2, to: 9 }), { from: 2, to: 4 });
  equal(missing({ from: 4, to: 10 }, { from: 6, to: 12 }), { from: 10, to: 12 });
  equal(missing({ from: 4, to: 10 }, { from: 20, to: 30 }), { from: 20, to: 30 });
});
test("a view stays inside the data and keeps its width", () => {
  equal(clampView({ from: -5, to: 5 }, { from: 0, to: 100 }, 1), { from: 0, to: 10 });
  equal(clampView({ from: 95, to: 105 }, { from: 0, to: 100 }, 1), { from: 90, to: 100 });
  equal(clampView({ from: 50, to: 50 }, { from: 0, to: 100 }, 4), { from: 46, to: 50 });
});
