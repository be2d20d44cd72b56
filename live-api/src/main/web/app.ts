import { Api } from "./api.js";
import { Charts } from "./charts.js";
import type { Incoming, Rows, SymbolState } from "./contract.js";
import { FIRST_FEATURES, listen, listSymbols, showRange } from "./controls.js";
import { Detail } from "./dialog.js";
import { byId, painted, write } from "./dom.js";
import { rangeText, showFigures } from "./figures.js";
import { percent, price } from "./format.js";
import { Headline } from "./headline.js";
import { PRESETS, STEP, withAir, type Span } from "./intervals.js";
import { Notice } from "./notice.js";
import { Outage } from "./outage.js";
import { FreshnessStatus } from "./freshness.js";
import { showReadout } from "./readout.js";
import { drawingOf } from "./series.js";
import { showAnomalyList } from "./anomaly-list.js";
import { confidence } from "./statistics.js";
import { RowStore } from "./store.js";
import { Stream, type Connection } from "./stream.js";
import { showTable } from "./table.js";
import { startTheme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { fragment, takeToken } from "./token.js";
import { StatusPoller } from "./status-poller.js";
import { REGIMES } from "./terms.js";

/** Minutes with the first message: an hour's change and half an hour more; older ones come by REST. */
const HISTORY = 90;
/** Minutes by push that are kept beyond what is drawn: enough for an hour's change and a day's run of a regime. */
const LIVE_MOST = 2_000;
const LIVE_KEPT = 86_400_000;
const AGAIN = 2_000;
const CONNECTION_TEXT: Record<Connection, string> = { live: "Connected", "catching-up": "Catching up", offline: "Offline" };

/** The page: one symbol, one view of it, the newest minutes by push, everything older by REST. */
class App {
  private readonly token = takeToken();
  private readonly api = new Api(this.token);
  private readonly notice = new Notice();
  private readonly outage = new Outage(this.notice);
  private readonly headline = new Headline();
  private readonly freshness = new FreshnessStatus();
  private readonly timeline = new Timeline(this.api, () => this.draw(), e => this.outage.requestFailed(e));
  private readonly charts = new Charts({ view: view => this.moved(view), point: at => this.point(at), open: centre => this.openCentre(centre) });
  private readonly status = new StatusPoller(this.api, this.notice, this.outage, {
    symbols: symbols => this.setSymbols(symbols), summary: summary => { this.headline.setSummary(summary); this.headline.show(this.live); },
    feed: feed => { this.freshness.take(feed); this.showFreshness(); },
  });
  private readonly detail = new Detail(this.api, this.token !== null, () => this.status.models);
  private readonly stream = new Stream(this.token, HISTORY, {
    message: message => this.receive(message), state: state => this.connection(state),
    lost: (code, reason, pause) => this.outage.connectionLost(code, reason, pause),
  });
  private symbol = "";
  private symbols: SymbolState[] = [];
  private live = new RowStore("1m");
  private features = FIRST_FEATURES;
  private span = withAir(PRESETS["6h"]);
  private pointed: number | null = null;
  private updates = 0;
  private scheduled = false;

  start(): void {
    startTheme(() => this.charts.layOut());
    listen({
      symbol: symbol => { this.notice.set("symbol", null); this.choose(symbol); },
      span: ms => { this.span = withAir(ms); this.timeline.show(this.span); },
      move: move => this.move(move),
      features: features => { this.features = features; this.draw(); },
      open: at => void this.detail.open(this.symbol, at, this.timeline.shown),
      table: () => showTable(this.live),
      visibilityChanged: () => { this.freshness.takeReceipt(); this.status.refresh(); this.draw(); },
      addressChanged: () => void this.begin(),
    });
    window.setInterval(() => this.tick(), 1_000);
    void this.begin();
  }

  private async begin(): Promise<void> {
    const again = (): void => void window.setTimeout(() => void this.begin(), AGAIN);
    try {
      this.symbols = (await this.api.symbols()).items;
      this.outage.clear();
    } catch (e) {
      this.outage.requestFailed(e);
      return again();
    }
    const isEmpty = this.symbols.length === 0;
    this.notice.set("data", isEmpty ? "The database holds no results yet. This page starts when the first minute arrives." : null);
    if (isEmpty) return again();
    const wanted = fragment().get("symbol")?.toUpperCase();
    const known = this.symbols.find(each => each.symbol === wanted);
    const shown = (known ?? this.symbols[0])?.symbol ?? "";
    this.notice.set("symbol", wanted === undefined || known !== undefined ? null : `Unknown symbol ${wanted}. Showing ${shown} instead.`);
    this.choose(shown);
  }

  private setSymbols(symbols: SymbolState[]): void {
    this.symbols = symbols;
    listSymbols(symbols, this.symbol);
  }

  private choose(symbol: string): void {
    const state = this.symbols.find(each => each.symbol === symbol);
    if (state === undefined) return;
    this.symbol = symbol;
    listSymbols(this.symbols, symbol);
    this.live = new RowStore("1m");
    this.headline.clear();
    this.freshness.clear();
    this.pointed = null;
    this.timeline.start(symbol, Date.parse(state.oldest_open_time), Date.parse(state.newest_open_time) + STEP["1m"], this.span);
    this.stream.follow(symbol);
    this.status.follow(symbol);
  }

  private receive(message: Incoming): void {
    switch (message.type) {
      case "hello": this.outage.clear(); break;
      case "pong": this.freshness.pong(message.at, message.server_time_ms); break;
      case "status": this.outage.databaseStatus(message.database === "down", message.detail); break;
      case "problem": this.notice.set("request", message.detail ?? message.title ?? "The server refused a message."); break;
      case "resumed": this.timeline.refresh(); break;
      case "snapshot":
        this.apply(message);
        if (message.reason !== undefined) this.timeline.refresh();
        break;
      case "update": this.apply(message); break;
    }
  }

  private apply(rows: Rows & { type: "snapshot" | "update" }): void {
    const mine = this.ofSymbol(rows);
    this.status.addModels(rows.models ?? []);
    if ((mine.quality ?? []).length > 0) this.status.refresh();
    this.live.merge(mine);
    const newest = this.live.bars.last();
    if (newest !== undefined) {
      this.timeline.merge(mine, newest[0] + STEP["1m"]);
      if (this.live.bars.all().length > LIVE_MOST) this.live.forgetOutside({ from: newest[0] - LIVE_KEPT, to: Infinity });
    }
    for (const row of mine.bars ?? []) this.freshness.note(row, rows.type === "update");
    if (rows.type === "update" && !this.freshness.goesOn()) this.status.refresh();
    if (rows.type === "update") document.body.dataset["updates"] = String(++this.updates);
    this.schedule();
  }

  private ofSymbol(rows: Rows): Rows {
    const mine = <T extends { symbol: string }>(list: T[] | undefined): T[] => (list ?? []).filter(row => row.symbol === this.symbol);
    return { bars: mine(rows.bars), features: mine(rows.features), regimes: mine(rows.regimes), anomalies: mine(rows.anomalies), quality: mine(rows.quality) };
  }

  /** Draws once per frame at most, then measures how late the newest trade is on the screen. */
  private schedule(): void {
    if (this.scheduled || document.hidden) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      this.scheduled = false;
      const received = this.freshness.takeReceipt();
      if (this.timeline.isFollowing()) this.draw();
      else this.drawHead();
      if (received !== null) void painted().then(() => this.freshness.painted(received));
    });
  }

  private draw(): void {
    const store = this.timeline.shown, { view } = this.timeline, { body } = document;
    store.goesOn = this.live.goesOn;
    this.headline.show(this.live);
    showRange(view, this.timeline.isFollowing());
    body.dataset["loading"] = String(this.timeline.isLoading());
    body.dataset["bars"] = String(store.bars.all().length);
    if (store.span === null) return;
    const extent = this.timeline.extent();
    const drawing = drawingOf(store, extent, view, this.features);
    if (!this.timeline.isFollowing()) drawing.lastPrice = null;
    this.charts.draw(drawing, extent, view, this.features, this.description(store));
    this.showNumbers();
    showReadout(store, this.pointed, this.features);
    showTable(this.live);
    this.status.nameModels(this.live);
    if (body.dataset["ready"] !== "true") void painted().then(() => { body.dataset["ready"] = "true"; });
  }

  /** All that shows the newest minute while the charts show others. */
  private drawHead(): void {
    this.headline.show(this.live);
    showTable(this.live);
  }

  /** What is about exactly the bars in view. */
  private showNumbers(): void {
    showFigures(this.timeline.shown, this.timeline.seen());
    showAnomalyList(this.timeline.shown, this.timeline.seen());
  }

  private description(store: RowStore): string {
    const bar = this.live.bars.last()?.[1], regime = this.live.regimes.lastFinal()?.[1];
    return `Charts of ${this.symbol}, ${rangeText(this.timeline.seen(), store.interval)}. `
      + (bar === undefined ? "" : `Price ${price(Number(bar.close))}. `)
      + (regime === undefined ? "" : `Regime ${REGIMES[regime.regime].name}, confidence ${percent(confidence(regime))}. `)
      + "Arrow keys move, plus and minus zoom. The table of latest minutes has the same numbers.";
  }

  private move(move: "earlier" | "later" | "closer" | "wider" | "newest"): void {
    switch (move) {
      case "earlier": return this.timeline.pan(-0.5);
      case "later": return this.timeline.pan(0.5);
      case "closer": return this.timeline.zoom(0.5);
      case "wider": return this.timeline.zoom(2);
      case "newest": return this.timeline.show(this.timeline.view.to - this.timeline.view.from);
    }
  }

  private moved(view: Span): void {
    this.timeline.moveTo(view);
    this.charts.keep(view);
    showRange(this.timeline.view, this.timeline.isFollowing());
    this.showNumbers();
  }

  private point(at: number | null): void {
    if (at === this.pointed) return;
    this.pointed = at;
    showReadout(this.timeline.shown, at, this.features);
  }

  private openCentre(centre: number): void {
    const store = this.timeline.shown;
    void this.detail.open(this.symbol, centre - STEP[store.interval] / 2, store);
  }

  private connection(state: Connection): void {
    byId("connection").dataset["state"] = state;
    write("connection", CONNECTION_TEXT[state]);
    this.showFreshness();
    if (state !== "live") return;
    this.outage.clear();
    this.status.refresh();
  }

  /** A connection says nothing of how fresh the results are that come over it. */
  private showFreshness(): void {
    const state = this.freshness.state(), goesOn = this.freshness.goesOn(), badge = byId("connection");
    badge.dataset["freshness"] = state?.toLowerCase() ?? "unknown";
    if (badge.dataset["state"] === "live") write("connection", this.freshness.text() ?? CONNECTION_TEXT.live);
    byId("simulated").hidden = state !== "SIMULATED";
    this.headline.running(goesOn);
    if (goesOn === this.live.goesOn) return;
    this.live.goesOn = goesOn;
    this.draw();
  }

  private tick(): void {
    this.showFreshness();
    this.freshness.tick(this.live, message => this.stream.send(message));
    const isLive = byId("connection").dataset["state"] === "live" && !this.notice.has("database");
    this.notice.set("feed", isLive ? this.freshness.notice() : null);
  }
}

new App().start();
