import type { AnomalyRow, BarRow, ModelRow, RegimeRow } from "./contract.js";
import { byId, make, write } from "./dom.js";
import { fixed, moment, percent, price, signedPercent } from "./format.js";
import { trained } from "./feed-status.js";
import { confidence } from "./statistics.js";
import { featureName, REGIMES, severityText } from "./terms.js";

/** Features by the size of their share, largest first. */
export const attributionOrder = (row: AnomalyRow): [string, number][] =>
  Object.entries(row.attribution ?? {}).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));

export interface Minute {
  symbol: string;
  at: number;
  anomaly: AnomalyRow | undefined;
  regime: RegimeRow | undefined;
  bar: BarRow | undefined;
  models: readonly ModelRow[];
}

/** Fills the dialog: how unusual a minute was, which features made it so, and by which model. */
export function showMinute({ symbol, at, anomaly, regime, bar, models }: Minute): void {
  write("detail-title", `${symbol}, ${moment(at)} UTC`);
  write("detail-kind", kind(anomaly, regime));
  write("detail-words", sentence(anomaly, regime));
  write("detail-bar", bar === undefined ? "–" : `${price(Number(bar.open))} → ${price(Number(bar.close))} (${signedPercent(Number(bar.close) / Number(bar.open) - 1)}), range ${price(Number(bar.low))} – ${price(Number(bar.high))}`);
  write("detail-regime", regime === undefined ? "–" : `${REGIMES[regime.regime].name}, ${percent(confidence(regime))}`);
  write("detail-surprise", regime?.surprise == null ? "–" : `${fixed(regime.surprise, 2)} nats` + (regime.surprise_threshold == null ? "" : `, threshold ${fixed(regime.surprise_threshold, 2)}`) + (regime.is_surprising === true ? ": unlikely under the regime model" : ""));
  write("detail-model", modelText(anomaly, models));
  write("detail-regime-model", modelText(regime, models));
  showScore(anomaly);
  showAttribution(anomaly);
}

/** Returns the heading: what the models flag the minute as. */
export function kind(anomaly: AnomalyRow | undefined, regime: RegimeRow | undefined): string {
  const surprising = regime?.is_surprising === true;
  if (anomaly?.is_anomaly === true) return surprising ? "Anomaly, and surprising" : "Anomaly";
  return surprising ? "Surprising minute" : "Minute";
}

/** Says what each model makes of the minute. */
export function sentence(anomaly: AnomalyRow | undefined, regime: RegimeRow | undefined): string {
  const surprise = regime?.is_surprising === true ? "This minute is unlikely under the regime model. " : "";
  if (anomaly === undefined) return surprise + "It has no anomaly score.";
  const causes = attributionOrder(anomaly).filter(([, share]) => share > 0).slice(0, 2).map(([name]) => featureName(name).toLowerCase());
  const judged = anomaly.is_anomaly ? "The anomaly model flags it" : "The anomaly model does not flag it";
  const cause = causes.length === 0 ? "." : `, mainly because of ${causes.join(" and ")}.`;
  return `${surprise}${judged}: ${severityText(anomaly.severity)}${cause}`;
}

function modelText(row: { model_id: string; model_version: number } | undefined, models: readonly ModelRow[]): string {
  if (row === undefined) return "–";
  const model = models.find(each => each.model_id === row.model_id && each.model_version === row.model_version);
  return `${row.model_id} v${row.model_version}` + (model === undefined ? "" : `, ${trained(model)}, SHA-256 ${model.sha256.slice(0, 12)}…`);
}

function showScore(row: AnomalyRow | undefined): void {
  write("detail-severity", row === undefined ? "–" : `${fixed(row.severity, 1)} σ`);
  write("detail-score", row === undefined ? "–" : fixed(row.score, 3));
  write("detail-threshold", row === undefined ? "–" : fixed(row.threshold, 3));
  const place = (score: number): string => `${Math.min(100, Math.max(0, ((score - 0.3) / 0.6) * 100))}%`;
  byId("score-fill").style.width = row === undefined ? "0" : place(row.score);
  byId("score-limit").style.left = row === undefined ? "0" : place(row.threshold);
}

function showAttribution(row: AnomalyRow | undefined): void {
  const shares = row === undefined ? [] : attributionOrder(row);
  const most = Math.max(1e-9, ...shares.map(([, share]) => Math.abs(share)));
  byId("attribution").replaceChildren(...shares.map(([name, share]) => {
    const bar = make("span", { class: "bar", "data-sign": share < 0 ? "less" : "more" });
    bar.style.width = `${(Math.abs(share) / most) * 100}%`;
    return make("li", {}, make("span", { class: "name" }, featureName(name)), make("span", { class: "track" }, bar), make("span", { class: "value" }, (share < 0 ? "−" : "+") + fixed(Math.abs(share), 3)));
  }));
}
