import { Pace } from "../../main/web/pace.js";
import { equal, settle, test } from "./harness.js";

interface Watched {
  pace: Pace;
  /** When each run began. */
  begun: number[];
  /** Ends the run under way. */
  end: () => Promise<void>;
  /** Moves the clock, running what falls due. */
  pass: (ms: number) => void;
  waiting: () => number;
}

function watched(): Watched {
  let now = 0, finish: () => void = () => undefined;
  const begun: number[] = [];
  const timers: { at: number; run: () => void }[] = [];
  const run = (): Promise<void> => new Promise(resolve => { begun.push(now); finish = resolve; });
  return {
    begun, waiting: () => timers.length,
    pace: new Pace(run, 2_000, () => now, (due, ms) => timers.push({ at: now + ms, run: due })),
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

test("a storm of questions during a run makes one more, when the gap is over", async () => {
  const { pace, begun, end, pass, waiting } = watched();
  for (let times = 0; times < 100; times++) pace.ask();
  equal([begun, waiting()], [[0], 0]);
  pass(500);
  await end();
  equal([begun, waiting()], [[0], 1]);
  for (let times = 0; times < 100; times++) pace.ask();
  equal(waiting(), 1);
  pass(1_500);
  equal([begun, waiting()], [[0, 2_000], 0]);
  await end();
  pass(60_000);
  equal(begun, [0, 2_000]);
});
test("a run that takes longer than the gap is never doubled", async () => {
  const { pace, begun, end, pass } = watched();
  pace.ask();
  for (let times = 0; times < 5; times++) {
    pass(10_000);
    pace.ask();
  }
  equal(begun, [0]);
  await end();
  equal(begun, [0, 50_000]);
});
test("what is asked for at once waits for the run under way only", async () => {
  const { pace, begun, end, pass } = watched();
  pace.ask();
  pass(100);
  pace.askAtOnce();
  equal(begun, [0]);
  await end();
  equal(begun, [0, 100]);
  await end();
  pace.askAtOnce();
  equal(begun, [0, 100, 100]);
});
