import type { Faults, FeedState, Health, ModelRow, QualityRow } from "./contract.js";
import { byId, make, write } from "./dom.js";
import { clock, count, day, duration, latencies, moment } from "./format.js";

const KINDS: Record<string, string> = {
  GAP: "Gap in the trade stream", DUPLICATE: "Duplicate trades dropped", MALFORMED: "Malformed message",
  TRADE_ID_JUMP: "Trade ids jumped", DISCONNECT: "Connection lost", STALL: "Stream stalled", HALT: "Trading halted", ID_RESET: "Trade ids restarted",
  TIME_OUTLIER: "Trade with an implausible time quarantined", CONFLICT: "Contradictory trade quarantined", NOT_A_TRADE: "Entry that is no trade", LONG_PAUSE: "No trades for more than a day",
  REFUSED: "Refused by the exchange",
};

/** Shows the health of a symbol's feed: trades lost, trades backfilled, lag. */
export function showHealth(health: Health, feed: FeedState | undefined): void {
  const both = (of: (faults: Faults) => number): string => (feed === undefined ? "–" : `${count(of(feed.last_hour))} / ${count(of(feed.last_day))}`);
  write("health-lag", feed?.lag_seconds == null ? "–" : duration(feed.lag_seconds * 1000));
  write("health-lost", both(faults => faults.ids_lost));
  write("health-repaired", both(faults => faults.ids_repaired));
  write("health-reconnects", both(faults => faults.reconnects));
  write("health-stalls", both(faults => faults.stalls));
  const { p50, p99 } = health.latency_ms.received_to_committed;
  write("health-commit", p50 === null || p99 === null ? "–" : latencies(p50, p99));
  byId("health").dataset["lost"] = feed !== undefined && feed.last_day.ids_lost > 0 ? "true" : "false";
  write("health-words", feed === undefined ? "No feed data for this symbol."
    : feed.last_day.ids_lost > 0 ? "Some trades are lost. The bars they belong to are marked incomplete."
      : feed.last_day.ids_repaired > 0 ? "No trades lost: every gap in the stream was backfilled."
        : "No trades lost.");
}

/** Lists the latest faults of the feed. */
export function showFaults(rows: readonly QualityRow[]): void {
  byId("faults").replaceChildren(...rows.slice(0, 6).map(row => {
    const at = Date.parse(row.detected_at);
    const trades = row.missing > 0 ? `, ${count(row.missing)} lost` : row.repaired > 0 ? `, ${count(row.repaired)} backfilled` : "";
    const line = make("li", { title: row.detail }, make("time", { datetime: row.detected_at }, `${day(at).slice(5)} ${clock(at)}`), ` ${KINDS[row.kind] ?? row.kind}${trades}`);
    return line;
  }));
}

/** Lists the models that made the results in view. */
export function showModels(rows: readonly ModelRow[], inUse: ReadonlySet<string>): void {
  const used = rows.filter(row => inUse.has(`${row.model_id} ${row.model_version}`));
  const list = byId("models"), key = used.map(row => row.sha256).join();
  if (list.dataset["key"] === key) return;
  list.dataset["key"] = key;
  list.replaceChildren(...used.map(row => make("li", {},
    make("strong", {}, `${row.model_id} v${row.model_version}`),
    ` ${row.role.toLowerCase().replaceAll("_", " ")}; ${trained(row)}; SHA-256 ${row.sha256.slice(0, 12)}…`)));
}

export function trained(row: ModelRow): string {
  if (row.trained_from === null || row.trained_to === null) return "training range unknown";
  return `trained on ${day(Date.parse(row.trained_from))} – ${day(Date.parse(row.trained_to))}`;
}

export const momentUtc = (text: string): string => moment(Date.parse(text)) + " UTC";
