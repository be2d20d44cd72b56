import { Throttle } from "../../main/web/throttle.js";
import { equal, settle, test } from "./harness.js";

interface Fixture {
  throttle: Throttle;
  /** When each run began. */
  begun: number[];
  /** Ends the run under way. */
  end: () => Promise<void>;
  /** Moves the clock, running what falls due. */
  pass: (ms: number) => void;
  waiting: () => number;
}

function fixture(): Fixture {
  let now = 0, finish: () => void = () => undefined;
  const begun: number[] = [];
  const timers: { at: number; run: () => void }[] = [];
  const run = (): Promise<void> => new Promise(resolve => { begun.push(now); finish = resolve; });
  return {
    begun, waiting: () => timers.length,
    throttle: new Throttle(run, 2_000, () => now, (due, ms) => timers.push({ at: now + ms, run: due })),
    end: () => { finish(); return settle(); },
    pass: ms => {
      now += ms;
      for (const timer of timers.filter(each => each.at <= now)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.run();
      }
    },
  };
}

test("a burst of requests during a run adds one run after the gap", async () => {
  const { throttle, begun, end, pass, waiting } = fixture();
  for (let times = 0; times < 100; times++) throttle.schedule();
  equal([begun, waiting()], [[0], 0]);
  pass(500);
  await end();
  equal([begun, waiting()], [[0], 1]);
  for (let times = 0; times < 100; times++) throttle.schedule();
  equal(waiting(), 1);
  pass(1_500);
  equal([begun, waiting()], [[0, 2_000], 0]);
  await end();
  pass(60_000);
  equal(begun, [0, 2_000]);
});
test("a run that takes longer than the gap is never doubled", async () => {
  const { throttle, begun, end, pass } = fixture();
  throttle.schedule();
  for (let times = 0; times < 5; times++) {
    pass(10_000);
    throttle.schedule();
  }
  equal(begun, [0]);
  await end();
  equal(begun, [0, 50_000]);
});
test("runNow waits only for the run in progress", async () => {
  const { throttle, begun, end, pass } = fixture();
  throttle.schedule();
  pass(100);
  throttle.runNow();
  equal(begun, [0]);
  await end();
  equal(begun, [0, 100]);
  await end();
  throttle.runNow();
  equal(begun, [0, 100, 100]);
});
