import { Refused, Unreachable } from "./api.js";
import { clock, duration } from "./format.js";
import type { Notice } from "./notice.js";

/** Says in words what an answer that did not come, or a refusal, means for the reader, and when it is over. */
export class Outage {
  private awaySince = 0;

  constructor(private readonly notice: Notice) {}

  /** The server spoke: whatever it was, it is there. */
  over(): void {
    this.awaySince = 0;
    for (const trouble of ["server", "token", "rate"] as const) this.notice.say(trouble, null);
  }

  /** A request failed. */
  of(e: unknown): void {
    if (e instanceof Unreachable) {
      this.notice.say("server", `The server does not answer since ${this.since()} UTC. Trying again.`);
    } else if (e instanceof Refused && e.problem.status === 401) {
      this.notice.say("token", "This server wants a token: open the address with #token=… at its end, as the server printed it when it started.");
    } else if (e instanceof Refused && e.problem.status === 503) {
      this.notice.say("database", `${e.message} Trying again.`);
    } else if (e instanceof Refused && e.problem.status === 429) {
      this.notice.say("rate", "Asked too much at once; going on in a moment.");
    } else {
      this.notice.say("request", (e as Error).message);
    }
  }

  /** The connection ended. */
  ofConnection(code: number, reason: string, retryInMs: number): void {
    const since = this.since();
    if (code === 1008) {
      this.notice.say("token", `The server refuses this page: ${reason}. If it wants a token, open the address with #token=… at its end.`);
      return;
    }
    const why = [1001, 4008, 4009].includes(code) && reason !== "" ? ` (${reason})` : "";
    const pause = duration(Math.max(1_000, retryInMs));
    this.notice.say("server", `No connection to the server since ${since} UTC${why}. Trying again in ${pause}; what was missed is fetched then.`);
  }

  /** The database, as the stream tells it. */
  ofDatabase(isDown: boolean, detail: string | undefined): void {
    const why = detail ? `: ${detail}` : "";
    this.notice.say("database", isDown ? `The database is away${why}. What is shown stays; new results follow when it is back.` : null);
  }

  private since(): string {
    if (this.awaySince === 0) this.awaySince = Date.now();
    return clock(this.awaySince, true);
  }
}
