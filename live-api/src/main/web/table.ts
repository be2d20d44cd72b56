import { byId, make } from "./dom.js";
import { clock, compact, fixed, percent, price } from "./format.js";
import { confidence } from "./statistics.js";
import { isFinal, type RowStore } from "./store.js";
import { REGIMES } from "./terms.js";

const MINUTES = 30;

/** Fills the table of the latest minutes with what the charts show; only while it is open. */
export function showTable(live: RowStore): void {
  const details = byId<HTMLDetailsElement>("table");
  if (!details.open) return;
  const rows = live.bars.all().filter(([at, bar]) => !live.isAbandoned(at, bar)).slice(-MINUTES).reverse().map(([at, bar]) => {
    const regime = live.regimes.at(at), anomaly = live.anomalies.at(at);
    return make("tr", {},
      make("th", { scope: "row" }, clock(at) + (isFinal(bar) ? "" : " in progress")),
      ...[bar.open, bar.high, bar.low, bar.close].map(value => make("td", {}, price(Number(value)))),
      make("td", {}, compact(Number(bar.volume))),
      make("td", { class: "words" }, regime === undefined ? "–" : `${REGIMES[regime.regime].name} ${percent(confidence(regime))}`),
      make("td", {}, anomaly === undefined ? "–" : fixed(anomaly.score, 3) + (anomaly.is_anomaly ? " anomaly" : "")));
  });
  byId("table-rows").replaceChildren(...rows);
}
