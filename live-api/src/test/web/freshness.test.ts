import { type State, stateOf } from "../../main/web/freshness.js";
import { equal, test } from "./harness.js";

const NOW = Date.parse("2026-12-01T12:00:00Z");
const SECOND = 1000, MINUTE = 60_000, HOUR = 3_600_000, DAY = 86_400_000;
const at = (commitAge: number, minuteAge: number): State => stateOf(NOW, NOW - commitAge, NOW - minuteAge);

test("only recent commits of recent minutes are live", () => {
  equal(at(0, 0), "live");
  equal(at(90 * SECOND, 3 * MINUTE), "live");
  equal(at(91 * SECOND, 3 * MINUTE), "delayed");
  equal(at(5 * SECOND, 3 * MINUTE + 1), "delayed");
});

test("without a commit for a quarter of an hour a run has ended, after a day it is history", () => {
  equal(at(15 * MINUTE, 16 * MINUTE), "delayed");
  equal(at(15 * MINUTE + 1, 16 * MINUTE), "ended");
  equal(at(DAY, DAY), "ended");
  equal(at(365 * DAY, 365 * DAY), "history");
});

test("a market of another time is simulated as long as it is committed", () => {
  equal(at(SECOND, 300 * DAY), "simulated");
  equal(at(SECOND, -2 * DAY), "simulated");
  equal(at(4 * MINUTE, 300 * DAY), "ended");
});

test("rows without stamps are history", () => {
  equal(stateOf(NOW, NaN, NOW), "history");
  equal(stateOf(NOW, NOW, NaN), "history");
});

test("live means fresh, whatever the ages", () => {
  for (let seed = 1; seed <= 2000; seed++) {
    const commitAge = (seed * 7919) % (3 * DAY), minuteAge = (seed * 104_729) % (3 * DAY) - HOUR;
    const state = at(commitAge, minuteAge);
    equal(state === "live", commitAge <= 90 * SECOND && minuteAge <= 3 * MINUTE && Math.abs(minuteAge) <= DAY);
  }
});
