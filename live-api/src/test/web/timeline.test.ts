import "./browser.js";
import type { Api } from "../../main/web/api.js";
import type { Rows } from "../../main/web/contract.js";
import type { Span } from "../../main/web/intervals.js";
import { Timeline } from "../../main/web/timeline.js";
import { elapse } from "./browser.js";
import { equal, settle, test } from "./harness.js";
import { bar } from "./store.test.js";

const T0 = Date.UTC(2026, 0, 1), MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

interface Question {
  symbol: string;
  interval: string;
  span: Span;
  answer: (rows: Rows) => void;
  fail: (e: Error) => void;
}

function timeline(): { line: Timeline; asked: Question[] } {
  const asked: Question[] = [];
  const rows = (symbol: string, interval: string, span: Span): Promise<Rows> =>
    new Promise((answer, fail) => asked.push({ symbol, interval, span, answer, fail }));
  return { line: new Timeline({ rows } as unknown as Api, () => undefined, () => undefined), asked };
}

const open = (line: Timeline, symbol: string): void => line.start(symbol, T0 - 9 * DAY, T0 + HOUR, HOUR);
const closes = (line: Timeline): string[] => line.shown.bars.all().map(([, row]) => row.close);
const answer = async (question: Question | undefined, close: string): Promise<void> => {
  question?.answer({ bars: [bar(0, close)] });
  await settle();
};

test("an answer for the symbol before is dropped whatever fetched it", async () => {
  const { line, asked } = timeline();
  open(line, "OLD");
  line.refresh();
  await answer(asked[0], "1");
  line.refresh();
  open(line, "NEW");
  for (const question of asked.slice(1).filter(each => each.symbol === "OLD")) await answer(question, "1");
  equal([closes(line), line.isLoading()], [[], true]);
  await answer(asked.at(-1), "2");
  equal([asked.at(-1)?.symbol, closes(line)], ["NEW", ["2"]]);
});
test("a refresh during a fetch waits for it and is made once", async () => {
  const { line, asked } = timeline();
  open(line, "OLD");
  line.refresh();
  line.refresh();
  equal(asked.length, 1);
  await answer(asked[0], "1");
  equal([asked.length, asked[1]?.span], [2, { from: T0 + HOUR - MINUTE, to: T0 + HOUR }]);
  await answer(asked[1], "1");
  equal([asked.length, line.isLoading()], [2, false]);
});
test("a refresh that fails is made again", async () => {
  const { line, asked } = timeline();
  open(line, "OLD");
  await answer(asked[0], "1");
  line.refresh();
  asked[1]?.fail(new Error("away"));
  await settle();
  equal(asked.length, 2);
  elapse(3_000);
  equal([asked.length, asked[2]?.span], [3, asked[1]?.span]);
});
test("a zoom while the newest bars are fetched ends at the zoomed roll-up", async () => {
  const { line, asked } = timeline();
  open(line, "OLD");
  await answer(asked[0], "1");
  line.refresh();
  line.show(3 * DAY);
  await answer(asked[1], "1");
  await answer(asked[2], "2");
  equal([asked.map(each => each.interval), line.shown.interval], [["1m", "1m", "5m"], "5m"]);
});
