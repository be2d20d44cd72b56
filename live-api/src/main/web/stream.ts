import type { Incoming, Outgoing } from "./contract.js";

export type Connection = "live" | "catching-up" | "offline";

export interface StreamEvents {
  message(message: Incoming): void;
  state(state: Connection): void;
  /** The connection ended and is tried again after a pause. */
  lost(code: number, reason: string, retryInMs: number): void;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
const PING_EVERY = 5_000;
/** A connection that answered nothing for this long is taken for dead: a cut network sends no close. */
const SILENCE = 15_000;
/** After a resumption the missed rows follow with the next poll of the server; without trades there are none. */
const CATCH_UP = 1_500;

/** One WebSocket that is opened again after every cut and goes on from the cursor of the last message applied. */
export class Stream {
  private socket: WebSocket | null = null;
  private symbol: string | null = null;
  private cursor: string | undefined;
  /** Nothing said before the answer to the newest subscription is about it. */
  private answered = false;
  private failures = 0;
  private receivedAt = 0;
  private retry: number | undefined;

  /** @param random of [0, 1): spreads those that come back at once over half to one and a half of the pause */
  constructor(private readonly token: string | null, private readonly history: number, private readonly events: StreamEvents,
    private readonly random: () => number = Math.random) {
    window.setInterval(() => this.beat(), PING_EVERY);
    window.addEventListener("online", () => this.reopenNow());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.reopenNow(); });
  }

  /** Follows this symbol instead of the one before. */
  follow(symbol: string): void {
    const before = this.symbol;
    this.symbol = symbol;
    this.cursor = undefined;
    if (this.socket?.readyState !== WebSocket.OPEN) return this.reopenNow();
    if (before !== null && before !== symbol) this.send({ type: "unsubscribe", symbols: [before] });
    this.subscribe();
  }

  send(message: Outgoing): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private reopenNow(): void {
    if (this.socket !== null || this.symbol === null) return;
    window.clearTimeout(this.retry);
    this.open();
  }

  private open(): void {
    const url = new URL("api/v1/stream", location.href);
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    url.hash = "";
    url.search = this.token === null ? "" : new URLSearchParams({ token: this.token }).toString();
    const socket = new WebSocket(url);
    this.socket = socket;
    this.receivedAt = Date.now();
    socket.onopen = () => this.opened();
    socket.onmessage = event => this.receive(socket, String(event.data));
    socket.onclose = event => this.closed(socket, event.code, event.reason);
  }

  private opened(): void {
    this.events.state("catching-up");
    this.subscribe();
    this.send({ type: "ping", at: Date.now() });
  }

  private subscribe(): void {
    if (this.symbol === null) return;
    this.events.state("catching-up");
    this.answered = false;
    const resume = this.cursor === undefined ? {} : { cursor: this.cursor };
    this.send({ type: "subscribe", symbols: [this.symbol], history: this.history, ...resume });
  }

  private receive(socket: WebSocket, text: string): void {
    if (socket !== this.socket) return;
    this.receivedAt = Date.now();
    const message = JSON.parse(text) as Incoming;
    if (message.type === "snapshot" && message.symbol !== this.symbol) return;
    if (message.type === "resumed" && this.cursor === undefined) return;
    this.events.message(message);
    this.answered ||= message.type === "snapshot" || message.type === "resumed";
    if (this.answered && "cursor" in message) {
      this.cursor = message.cursor;
      this.failures = 0;
      if (message.type === "resumed") window.setTimeout(() => this.caughtUp(socket), CATCH_UP);
      else this.caughtUp(socket);
    }
  }

  private caughtUp(socket: WebSocket): void {
    if (socket === this.socket && this.answered) this.events.state("live");
  }

  private closed(socket: WebSocket, code: number, reason: string): void {
    if (socket !== this.socket) return;
    this.socket = null;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.failures) * (0.5 + this.random());
    this.failures += 1;
    this.events.state("offline");
    this.events.lost(code, reason, pause);
    this.retry = window.setTimeout(() => this.reopenNow(), pause);
  }

  private beat(): void {
    const socket = this.socket;
    if (socket === null) return;
    if (Date.now() - this.receivedAt > SILENCE) {
      socket.close();
      this.closed(socket, 1006, "no message for 15 s");
    } else {
      this.send({ type: "ping", at: Date.now() });
    }
  }
}
