import { clock, compact, count, duration, iso, latencies, moment, percent, price, signedPercent, tick } from "../../main/web/format.js";
import { equal, test } from "./harness.js";

const NEW_YEAR = Date.UTC(2026, 0, 1, 0, 7, 5);

test("times are UTC whatever the reader's zone", () => {
  equal(moment(NEW_YEAR), "2026-01-01 00:07");
  equal(clock(NEW_YEAR, true), "00:07:05");
});
test("a fraction that is zero is left out of ISO times", () => {
  equal(iso(NEW_YEAR), "2026-01-01T00:07:05Z");
  equal(iso(NEW_YEAR + 20), "2026-01-01T00:07:05.020Z");
});
test("prices have decimals by their size", () => {
  equal([price(107152.4), price(2.5), price(0.00123)], ["107,152.40", "2.5000", "0.001230"]);
});
test("large numbers have three digits that count", () => {
  equal([compact(822.4), compact(67712), compact(4_620_000), compact(0.0484), compact(0)], ["822", "67.7 k", "4.62 M", "0.048", "0.00"]);
});
test("what is counted has no fraction and is grouped", () => {
  equal([count(72), count(0), count(20904), count(1_234_567), count(NaN)], ["72", "0", "20,904", "1,234,567", "–"]);
});
test("ticks of an axis have no zeros at their end", () => {
  equal([tick(107800), tick(80), tick(0.5), tick(2500), tick(0)], ["107,800", "80", "0.5", "2,500", "0"]);
});
test("signed shares always carry their sign", () => {
  equal([signedPercent(0.0124), signedPercent(-0.0111), signedPercent(NaN)], ["+1.24 %", "−1.11 %", "–"]);
  equal([percent(0.974), percent(NaN)], ["97 %", "–"]);
});
test("durations name two units at most", () => {
  equal([duration(999), duration(59_400), duration(754_000), duration(11_100_000), duration(187_200_000), duration(-5)],
    ["1 s", "59 s", "12 min", "3 h 05 min", "2 d 4 h", "0 s"]);
});
test("a pair of latencies shares its unit where it can", () => {
  equal([latencies(31, 88.4), latencies(31, 1200)], ["31 / 88 ms", "31 ms / 1.2 s"]);
});
