import { DrawnLatency, percentile, ServerClock } from "../../main/web/latency.js";
import { equal, test } from "./harness.js";

test("percentiles are values that occurred", () => {
  const values = [5, 1, 4, 2, 3];
  equal([percentile(values, 0.5), percentile(values, 0.99), percentile([7], 0.5), percentile([], 0.5)], [3, 5, 7, NaN]);
});
test("the server's clock is taken from the shortest way there and back", () => {
  const clock = new ServerClock();
  equal(clock.ahead(), 0);
  clock.pong(1000, 6010, 1020);
  clock.pong(2000, 9000, 3000);
  equal(clock.ahead(), 5000);
});
test("latency is measured by the server's clock and never below zero", () => {
  const clock = new ServerClock(), drawn = new DrawnLatency();
  clock.pong(1000, 6010, 1020);
  drawn.drawn(6000, 1100, clock);
  drawn.drawn(9000, 1200, clock);
  equal(drawn.figures(1200), { p50: 0, p99: 100, count: 2 });
});
test("what is older than a minute is forgotten and what was missed is not counted", () => {
  const clock = new ServerClock(), drawn = new DrawnLatency();
  drawn.drawn(0, 31_000, clock);
  equal(drawn.figures(31_000), null);
  drawn.drawn(40_000, 40_050, clock);
  equal(drawn.figures(100_051), null);
});
test("each latency is reported once", () => {
  const drawn = new DrawnLatency();
  drawn.drawn(100, 112.4, new ServerClock());
  equal([drawn.takeUnsent(), drawn.takeUnsent()], [[12], []]);
});
