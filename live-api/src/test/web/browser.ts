/** The few things of a browser that scripts without a document ask for, moved by hand. */

interface Waiting {
  run: () => void;
  pause: number;
  repeats: boolean;
}

export const timers: Waiting[] = [];

/** Runs what waits this long and forgets it unless it repeats. */
export function elapse(pause: number): void {
  for (const each of timers.filter(timer => timer.pause === pause)) {
    if (!each.repeats) timers.splice(timers.indexOf(each), 1);
    each.run();
  }
}

/** A WebSocket whose other end is the test. */
export class Socket {
  static readonly OPEN = 1;
  static readonly all: Socket[] = [];
  readyState = 0;
  readonly sent: { type: string; [field: string]: unknown }[] = [];
  onopen: () => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: (event: { code: number; reason: string }) => void = () => undefined;

  constructor(readonly url: unknown) {
    Socket.all.push(this);
  }

  static newest(): Socket {
    const last = Socket.all.at(-1);
    if (last === undefined) throw new Error("No socket was opened");
    return last;
  }

  open(): void {
    this.readyState = Socket.OPEN;
    this.onopen();
  }

  deliver(message: object): void {
    this.onmessage({ data: JSON.stringify(message) });
  }

  cut(): void {
    this.readyState = 3;
    this.onclose({ code: 1006, reason: "" });
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Socket["sent"][number]);
  }

  close(): void {
    this.readyState = 3;
  }

  /** The last subscription asked for. */
  subscription(): unknown {
    return this.sent.findLast(message => message.type === "subscribe");
  }
}

class Control {
  readonly signal = { aborted: false };
  abort(): void {
    this.signal.aborted = true;
  }
}

class Address {
  protocol = "";
  hash = "";
  search = "";
  constructor(readonly path: string, readonly base: string) {}
}

const after = (repeats: boolean) => (run: () => void, pause: number): number => timers.push({ run, pause, repeats });

Object.assign(globalThis, {
  AbortController: Control, WebSocket: Socket, URL: Address,
  location: { href: "http://localhost/", protocol: "http:" },
  document: { hidden: false, addEventListener: () => undefined },
  window: { setTimeout: after(false), setInterval: after(true), clearTimeout: () => undefined, addEventListener: () => undefined },
});
