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
  write("detail-words", anomaly === undefined ? "This minute has no anomaly score." : sentence(anomaly));
  write("detail-bar", bar === undefined ? "–" : `${price(Number(bar.open))} → ${price(Number(bar.close))} (${signedPercent(Number(bar.close) / Number(bar.open) - 1)}), range ${price(Number(bar.low))} – ${price(Number(bar.high))}`);
  write("detail-regime", regime === undefined ? "–" : `${REGIMES[regime.regime].name}, ${percent(confidence(regime))}`);
  write("detail-surprise", regime?.surprise == null ? "–" : `${fixed(regime.surprise, 2)} nats` + (regime.surprise_threshold == null ? "" : `, threshold ${fixed(regime.surprise_threshold, 2)}`) + (regime.is_surprising === true ? ": unlikely under the regime model" : ""));
  const model = models.find(each => each.model_id === anomaly?.model_id && each.model_version === anomaly.model_version);
  write("detail-model", anomaly === undefined ? "–" : `${anomaly.model_id} v${anomaly.model_version}` + (model === undefined ? "" : `, ${trained(model)}, SHA-256 ${model.sha256.slice(0, 12)}…`));
  showScore(anomaly);
  showAttribution(anomaly);
}

function sentence(row: AnomalyRow): string {
  const causes = attributionOrder(row).filter(([, share]) => share > 0).slice(0, 2).map(([name]) => featureName(name).toLowerCase());
  const judged = row.is_anomaly ? "is an anomaly" : "is not an anomaly";
  return `This minute ${judged}: ${severityText(row.severity)}` + (causes.length === 0 ? "." : `, mainly because of ${causes.join(" and ")}.`);
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
