import { Refused, Unreachable } from "./api.js";
import { clock, duration } from "./format.js";
import type { Notice } from "./notice.js";

/** Turns failed requests and lost connections into notices, and clears them afterwards. */
export class Outage {
  private awaySince = 0;

  constructor(private readonly notice: Notice) {}

  /** Clears what any message of the server proves wrong. */
  clear(): void {
    this.awaySince = 0;
    for (const kind of ["server", "token", "rate"] as const) this.notice.set(kind, null);
  }

  /** Shows the reason for which a request failed. */
  requestFailed(e: unknown): void {
    if (e instanceof Unreachable) {
      this.notice.set("server", `The server has not responded since ${this.since()} UTC. Retrying.`);
    } else if (e instanceof Refused && e.problem.status === 401) {
      this.notice.set("token", "This server requires a token. Open the address that it printed at start, which ends in #token=…");
    } else if (e instanceof Refused && e.problem.status === 503) {
      this.notice.set("database", `${e.message} Retrying.`);
    } else if (e instanceof Refused && e.problem.status === 429) {
      this.notice.set("rate", "Too many requests. Retrying in a moment.");
    } else {
      this.notice.set("request", e instanceof Refused ? e.message : `This page could not process a response: ${String(e)}. Reload it. If the error remains, page and server have different versions.`);
    }
  }

  /** Shows that the stream's connection ended, and when it is tried again. */
  connectionLost(code: number, reason: string, retryInMs: number): void {
    const since = this.since();
    if (code === 1008) {
      this.notice.set("token", `The server refuses this page: ${reason}. If it requires a token, open the address that ends in #token=…`);
      return;
    }
    const why = [1001, 4008, 4009].includes(code) && reason !== "" ? ` (${reason})` : "";
    const pause = duration(Math.max(1_000, retryInMs));
    this.notice.set("server", `No connection to the server since ${since} UTC${why}. Retrying in ${pause}; missed results will follow.`);
  }

  /** Shows what the stream reports about the database. */
  databaseStatus(isDown: boolean, detail: string | undefined): void {
    const why = detail ? `: ${detail}` : "";
    this.notice.set("database", isDown ? `The database is unavailable${why}. The data on this page stays; new results follow when it is back.` : null);
  }

  private since(): string {
    if (this.awaySince === 0) this.awaySince = Date.now();
    return clock(this.awaySince, true);
  }
}
