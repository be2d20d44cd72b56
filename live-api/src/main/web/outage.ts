import { Refused, Unreachable } from "./api.js";
import { clock, duration } from "./format.js";
import type { Notice } from "./notice.js";

/** Says in words what an answer that did not come, or a refusal, means for the reader, and when it is over. */
export class Outage {
  private awaySince = 0;

  constructor(private readonly notice: Notice) {}

  /** The server spoke: whatever it was, it is there. */
  clear(): void {
    this.awaySince = 0;
    for (const kind of ["server", "token", "rate"] as const) this.notice.set(kind, null);
  }

  /** A request failed. */
  requestFailed(e: unknown): void {
    if (e instanceof Unreachable) {
      this.notice.set("server", `The server does not answer since ${this.since()} UTC. Trying again.`);
    } else if (e instanceof Refused && e.problem.status === 401) {
      this.notice.set("token", "This server wants a token: open the address with #token=… at its end, as the server printed it when it started.");
    } else if (e instanceof Refused && e.problem.status === 503) {
      this.notice.set("database", `${e.message} Trying again.`);
    } else if (e instanceof Refused && e.problem.status === 429) {
      this.notice.set("rate", "Asked too much at once; going on in a moment.");
    } else {
      this.notice.set("request", e instanceof Refused ? e.message : `This page could not show an answer of the server: ${String(e)}. Load it again; if it stays, page and server are of different versions.`);
    }
  }

  /** The connection ended. */
  connectionLost(code: number, reason: string, retryInMs: number): void {
    const since = this.since();
    if (code === 1008) {
      this.notice.set("token", `The server refuses this page: ${reason}. If it wants a token, open the address with #token=… at its end.`);
      return;
    }
    const why = [1001, 4008, 4009].includes(code) && reason !== "" ? ` (${reason})` : "";
    const pause = duration(Math.max(1_000, retryInMs));
    this.notice.set("server", `No connection to the server since ${since} UTC${why}. Trying again in ${pause}; what was missed is fetched then.`);
  }

  /** The database, as the stream tells it. */
  databaseStatus(isDown: boolean, detail: string | undefined): void {
    const why = detail ? `: ${detail}` : "";
    this.notice.set("database", isDown ? `The database is away${why}. What is shown stays; new results follow when it is back.` : null);
  }

  private since(): string {
    if (this.awaySince === 0) this.awaySince = Date.now();
    return clock(this.awaySince, true);
  }
}
