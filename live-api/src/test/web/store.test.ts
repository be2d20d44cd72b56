import type { BarRow, RegimeRow } from "../../main/web/contract.js";
import { RowStore, Track } from "../../main/web/store.js";
import { equal, test } from "./harness.js";

const T0 = Date.UTC(2026, 0, 1);

export const bar = (minute: number, close: string, more: Partial<BarRow> = {}): BarRow => ({
  symbol: "BTCUSDT", open_time: new Date(T0 + minute * 60_000).toISOString(), open: "100", high: "110", low: "90", close, volume: "2",
  quote_volume: "200", taker_buy_volume: "1.5", taker_buy_quote_volume: "150", trade_count: 3, first_trade_id: 1, last_trade_id: 3, is_final: true, complete: true, ...more,
});

test("a provisional row never replaces a final one", () => {
  const track = new Track<BarRow>();
  track.merge([bar(0, "101", { is_final: false })]);
  track.merge([bar(0, "102")]);
  equal(track.merge([bar(0, "103", { is_final: false })]), false);
  equal(track.at(T0)?.close, "102");
});
test("a revision replaces a final row", () => {
  const track = new Track<BarRow>();
  track.merge([bar(0, "101"), bar(0, "102")]);
  equal(track.at(T0)?.close, "102");
});
test("an older revision that comes later replaces nothing", () => {
  const bars = new Track<BarRow>(), scored = new Track<BarRow & { model_version: number }>();
  equal([bars.merge([bar(0, "102", { revision: 1 })]), bars.merge([bar(0, "101", { revision: 0 })]), bars.at(T0)?.close], [true, false, "102"]);
  const row = (version: number, revision: number) => ({ ...bar(0, `${version}.${revision}`), model_version: version, bar_revision: revision });
  scored.merge([row(1, 1), row(1, 0)]);
  equal(scored.at(T0)?.close, "1.1");
  scored.merge([row(2, 0)]);
  equal(scored.at(T0)?.close, "2.0");
});
test("challengers are not shown and of two versions the newer is", () => {
  const track = new Track<BarRow & { model_version: number; is_shadow: boolean }>();
  const row = (version: number, shadow: boolean) => ({ ...bar(0, String(version)), model_version: version, is_shadow: shadow });
  track.merge([row(2, false), row(1, false), row(9, true)]);
  equal(track.at(T0)?.close, "2");
});
test("rows come back in order of time", () => {
  const track = new Track<BarRow>();
  track.merge([bar(2, "3"), bar(0, "1"), bar(1, "2")]);
  equal(track.all().map(([, row]) => row.close), ["1", "2", "3"]);
  equal(track.lastFinal()?.[1].close, "3");
});
test("spans that touch are joined, spans apart replace each other", () => {
  const store = new RowStore("1m");
  store.cover({ from: T0, to: T0 + 60_000 });
  store.merge({ bars: [bar(0, "1")] });
  store.cover({ from: T0 + 60_000, to: T0 + 120_000 });
  equal(store.span, { from: T0, to: T0 + 120_000 });
  store.cover({ from: T0 + 600_000, to: T0 + 660_000 });
  equal([store.span, store.bars.all().length], [{ from: T0 + 600_000, to: T0 + 660_000 }, 0]);
});
test("time in a regime counts every model in charge of a bucket, and final minutes alone", () => {
  const regime = (minute: number, more: Partial<RegimeRow>): RegimeRow => ({
    symbol: "BTCUSDT", open_time: new Date(T0 + minute * 60_000).toISOString(), model_id: "hmm", model_version: 1, regime: "STABLE_LIQUIDITY",
    p_stable: 1, p_volatile: 0, p_crisis: 0, surprise: 1, is_surprising: false, is_shadow: false, ...more });
  const bucket = (version: number, stable: number): RegimeRow => regime(0, { model_version: version, minutes: 60, stable_minutes: stable, volatile_minutes: 0, crisis_minutes: 0 });
  const hours = new RowStore("1h"), span = { from: T0, to: T0 + 3_600_000 };
  hours.merge({ regimes: [bucket(2, 20), bucket(1, 40), { ...bucket(3, 60), is_shadow: true }] });
  hours.merge({ regimes: [bucket(1, 39)] });
  equal(hours.regimeRows(span).map(row => row.stable_minutes), [20, 39]);
  const minutes = new RowStore("1m");
  minutes.merge({ regimes: [regime(0, {}), regime(1, { is_final: false })] });
  equal(minutes.regimeRows(span).length, 1);
});
test("no minute of a run that has ended is in progress", () => {
  const store = new RowStore("1m"), span = { from: T0, to: T0 + 600_000 };
  store.merge({ bars: [bar(0, "1"), bar(1, "1", { is_final: false }), bar(2, "1", { is_final: false })] });
  equal(store.within(store.bars, span).map(([at]) => at), [T0, T0 + 60_000, T0 + 120_000]);
  store.goesOn = false;
  equal(store.within(store.bars, span).map(([at]) => at), [T0]);
});
