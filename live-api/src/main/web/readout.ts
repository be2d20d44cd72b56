import type { BarRow, Feature, Interval } from "./contract.js";
import { write } from "./dom.js";
import { compact, count, fixed, moment, percent, price, signedPercent } from "./format.js";
import { floorTo, STEP } from "./intervals.js";
import { confidence } from "./statistics.js";
import { isFinal, type RowStore } from "./store.js";
import { FEATURE_TERMS, REGIMES } from "./terms.js";

/** Writes the values in each panel's heading: those of the bar under the pointer, else of the newest. */
export function showReadout(store: RowStore, pointed: number | null, features: readonly Feature[]): void {
  const at = pointed === null ? store.bars.last()?.[0] : floorTo(pointed, store.interval);
  if (at === undefined) return;
  const bar = store.bars.at(at), regime = store.regimes.at(at), anomaly = store.anomalies.at(at), values = store.features.at(at);
  write("readout-price", bar === undefined ? "no bar"
    : `${moment(at)} O ${price(Number(bar.open))} H ${price(Number(bar.high))} L ${price(Number(bar.low))} C ${price(Number(bar.close))} `
      + signedPercent(Number(bar.close) / Number(bar.open) - 1)
      + (isFinal(bar) ? "" : ` · ${store.isAbandoned(at, bar) ? "never completed: its run was stopped" : "in progress"}`) + (bar.complete || !isFinal(bar) ? "" : ` · incomplete: ${missingOf(bar, store.interval)}`));
  const buys = bar?.taker_buy_volume;
  write("readout-volume", bar === undefined ? "" : buys == null ? compact(Number(bar.volume))
    : `buys ${compact(Number(buys))} · sells ${compact(Number(bar.volume) - Number(buys))} · ${bar.trade_count === null ? "–" : count(bar.trade_count)} trades`);
  write("readout-regimes", regime === undefined ? "" :
    `S ${percent(regime.p_stable)} · V ${percent(regime.p_volatile)} · C ${percent(regime.p_crisis)} · ${REGIMES[regime.regime].name}, confidence ${percent(confidence(regime))}`);
  write("readout-anomaly", anomaly === undefined ? "not scored" :
    `score ${fixed(anomaly.score, 3)} · threshold ${fixed(anomaly.threshold, 3)} · severity ${fixed(anomaly.severity, 1)}`
    + (anomaly.is_anomaly ? " · anomaly" : "") + (regime?.is_surprising === true ? " · surprise" : ""));
  features.forEach((feature, index) => {
    const value = values?.[feature];
    write(`readout-feature-${index}`, `${FEATURE_TERMS[feature].name} ${value == null ? "–" : featureText(feature, value)}`);
    write(`means-feature-${index}`, FEATURE_TERMS[feature].means);
  });
}

function missingOf(bar: BarRow, interval: Interval): string {
  const whole = STEP[interval] / STEP["1m"], held = bar.minutes ?? whole;
  return held < whole ? `${count(held)} of ${count(whole)} minutes` : "trades missing";
}

function featureText(feature: Feature, value: number): string {
  const unit = FEATURE_TERMS[feature].unit;
  if (unit === "percent") return feature === "momentum" ? signedPercent(value, 3) : percent(value, 3);
  return unit === "times" ? fixed(value, 2) + " ×" : fixed(value, 2);
}
