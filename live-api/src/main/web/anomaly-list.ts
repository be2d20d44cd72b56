import type { AnomalyRow } from "./contract.js";
import { byId, make, write } from "./dom.js";
import { clock, count, day, fixed } from "./format.js";
import type { Span } from "./intervals.js";
import { STEP } from "./intervals.js";
import { attributionOrder } from "./detail.js";
import type { RowStore } from "./store.js";
import { featureName } from "./terms.js";

const MOST = 40;

/** The list of anomalies in view, newest first; entries that stay are left in place. */
export function showAnomalyList(store: RowStore, view: Span): void {
  const rows = store.within(store.anomalies, { from: view.from - STEP[store.interval] / 2, to: view.to }).filter(([, row]) => row.is_anomaly);
  const list = byId("anomalies");
  const wanted = rows.slice(-MOST).reverse();
  const held = new Map([...list.children].map(item => [item.getAttribute("data-key"), item]));
  const items = wanted.map(([at, row]) => {
    const key = `${at} ${row.score} ${row.severity} ${row.is_final ?? true} ${row.flagged ?? 1}`;
    return held.get(key) ?? make("li", { "data-key": key }, entry(at, row));
  });
  if (items.length !== list.children.length || items.some((item, index) => item !== list.children[index])) arrange(list, items);
  write("anomalies-none", rows.length === 0 ? "No anomalies in view." : rows.length > MOST ? `Showing the latest ${MOST} of ${count(rows.length)}.` : "");
}

/** Items that stay are not taken out, so that the one with the focus keeps it. */
function arrange(list: HTMLElement, items: readonly Element[]): void {
  const staying = new Set(items);
  for (const item of [...list.children]) if (!staying.has(item)) item.remove();
  items.forEach((item, index) => {
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
  });
}

function entry(at: number, row: AnomalyRow): HTMLButtonElement {
  const when = Date.parse(row.peak_time ?? row.open_time);
  const cause = attributionOrder(row)[0]?.[0];
  const several = (row.flagged ?? 1) > 1 ? ` · ${count(row.flagged ?? 1)} min` : "";
  return make("button", { type: "button", "data-open-time": new Date(at).toISOString().replace(".000Z", "Z"), "aria-haspopup": "dialog" },
    make("span", { class: "when" }, make("b", {}, clock(when)), ` ${day(when).slice(5)}`),
    make("span", { class: "cause" }, (cause === undefined ? "Anomaly" : featureName(cause)) + several + (row.is_final === false ? " · in progress" : "")),
    make("span", { class: "severity", title: "Robust standard deviations" }, `${fixed(row.severity, 1)} σ`));
}
