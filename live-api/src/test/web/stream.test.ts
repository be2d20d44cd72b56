import "./browser.js";
import { Stream, type Connection } from "../../main/web/stream.js";
import { elapse, Socket } from "./browser.js";
import { equal, test } from "./harness.js";

function stream(random = () => 0.5): { stream: Stream; states: Connection[]; pauses: number[] } {
  const states: Connection[] = [], pauses: number[] = [];
  return {
    stream: new Stream(null, 60, {
      message: () => undefined, state: state => states.push(state), lost: (_code, _reason, pause) => pauses.push(pause),
    }, random),
    states, pauses,
  };
}

test("after a change of symbol the cursor of the one before is not gone on from", () => {
  const { stream: live, states } = stream();
  live.follow("OLD");
  const socket = Socket.newest();
  socket.open();
  socket.deliver({ type: "snapshot", symbol: "OLD", cursor: "1" });
  equal(states.at(-1), "live");
  live.follow("NEW");
  socket.deliver({ type: "update", cursor: "2", sent_at_ms: 0 });
  socket.deliver({ type: "resumed", cursor: "2" });
  equal(states.at(-1), "catching-up");
  socket.cut();
  live.follow("NEW");
  Socket.newest().open();
  equal(Socket.newest().subscription(), { type: "subscribe", symbols: ["NEW"], history: 60 });
});
test("a connection that is opened again goes on from the last message applied", () => {
  const { stream: live, states, pauses } = stream();
  live.follow("BTC");
  Socket.newest().open();
  Socket.newest().deliver({ type: "snapshot", symbol: "BTC", cursor: "1" });
  Socket.newest().deliver({ type: "update", cursor: "2", sent_at_ms: 0 });
  Socket.newest().cut();
  elapse(pauses[0] ?? NaN);
  Socket.newest().open();
  equal(Socket.newest().subscription(), { type: "subscribe", symbols: ["BTC"], history: 60, cursor: "2" });
  Socket.newest().deliver({ type: "resumed", cursor: "2" });
  equal(states.at(-1), "catching-up");
  elapse(1_500);
  equal(states.at(-1), "live");
});
test("pauses double and are spread by chance", () => {
  const draws = [0, 0.999, 0.5], { stream: live, pauses } = stream(() => draws.shift() ?? NaN);
  live.follow("BTC");
  for (const _ of [0, 1, 2]) {
    Socket.newest().cut();
    live.follow("ETH");
  }
  equal(pauses, [250, 1499, 2000]);
});
