import { Api, Refused, Unreachable } from "./api.js";
import { Charts } from "./charts.js";
import type { Feature, Incoming, ModelRow, Rows, SymbolState } from "./contract.js";
import { Detail } from "./dialog.js";
import { byId, make, painted, write } from "./dom.js";
import { showFaults, showHealth, showModels } from "./feed.js";
import { rangeWords, showFigures } from "./figures.js";
import { clock, duration, latencies, percent, price } from "./format.js";
import { Headline } from "./headline.js";
import { PRESETS, STEP, type Preset, type Span } from "./intervals.js";
import { DrawnLatency, ServerClock } from "./latency.js";
import { Notice } from "./notice.js";
import { showReadout } from "./readout.js";
import { drawingOf } from "./series.js";
import { showSigns } from "./signs.js";
import { confidence } from "./statistics.js";
import { Holding } from "./store.js";
import { Stream, type Connection } from "./stream.js";
import { showTable } from "./table.js";
import { startTheme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { takeToken } from "./token.js";
import { REGIMES } from "./words.js";

const HISTORY = 180;
const FEATURE_SETS: Record<string, readonly [Feature, Feature, Feature]> = {
  classic: ["momentum", "volatility_proxy", "activity_ratio"],
  surges: ["scaled_return", "range_surge", "volume_surge"],
  flow: ["taker_imbalance", "log_volatility", "log_volume"],
};
const STATE_WORDS: Record<Connection, string> = { live: "Live", "catching-up": "Catching up", offline: "Offline" };

const modelKey = (row: { model_id: string; model_version: number }): string => `${row.model_id} ${row.model_version}`;

/** The page: one symbol, one view of it, the newest minutes by push, everything older by REST. */
class App {
  private readonly token = takeToken();
  private readonly api = new Api(this.token);
  private readonly notice = new Notice();
  private readonly headline = new Headline();
  private readonly clock = new ServerClock();
  private readonly drawn = new DrawnLatency();
  private readonly timeline = new Timeline(this.api, () => this.draw(), e => this.fault(e));
  private readonly charts = new Charts({ view: view => this.moved(view), point: at => this.point(at), open: centre => this.openCentre(centre) });
  private readonly detail = new Detail(this.api, this.token !== null, () => this.models);
  private readonly stream = new Stream(this.token, HISTORY, {
    message: message => this.receive(message), state: state => this.connection(state), lost: (code, reason, pause) => this.lost(code, reason, pause),
  });
  private symbol = "";
  private symbols: SymbolState[] = [];
  private models: ModelRow[] = [];
  private live = new Holding("1m");
  private features = FEATURE_SETS["classic"] as readonly Feature[];
  private span = PRESETS["6h"];
  private pointed: number | null = null;
  private updates = 0;
  private scheduled = false;
  private receivedAt: number | null = null;
  private awaySince = 0;
  private committedAt = NaN;

  start(): void {
    startTheme(() => this.charts?.layOut());
    this.listen();
    void this.begin();
    window.setInterval(() => this.tick(), 1_000);
    window.setInterval(() => void this.look(), 10_000);
    window.setInterval(() => { if (this.notice.has("database") || this.notice.has("request")) void this.look(); }, 2_500);
  }

  private async begin(): Promise<void> {
    try {
      this.symbols = (await this.api.symbols()).items;
      this.answered();
    } catch (e) {
      this.fault(e);
      window.setTimeout(() => void this.begin(), 2_000);
      return;
    }
    if (this.symbols.length === 0) {
      this.notice.say("data", "The database holds no results yet. This page begins by itself when the first minute is there.");
      window.setTimeout(() => void this.begin(), 2_000);
      return;
    }
    this.notice.say("data", null);
    const wanted = new URLSearchParams(location.hash.slice(1)).get("symbol")?.toUpperCase();
    const known = this.symbols.find(each => each.symbol === wanted);
    if (wanted !== undefined && known === undefined) this.notice.say("symbol", `Nothing is known of ${wanted}. Shown instead: ${this.symbols[0]?.symbol}.`);
    this.listSymbols();
    this.choose((known ?? this.symbols[0])?.symbol ?? "");
  }

  private listSymbols(): void {
    byId("symbol").replaceChildren(...this.symbols.map(each => make("option", { value: each.symbol }, each.symbol)));
  }

  private choose(symbol: string): void {
    const state = this.symbols.find(each => each.symbol === symbol);
    if (state === undefined) return;
    this.symbol = symbol;
    byId<HTMLSelectElement>("symbol").value = symbol;
    this.live = new Holding("1m");
    this.headline.clear();
    this.committedAt = NaN;
    this.pointed = null;
    this.timeline.start(symbol, Date.parse(state.oldest_open_time), Date.parse(state.newest_open_time) + STEP["1m"], this.span);
    this.stream.follow(symbol);
    void this.look();
  }

  private listen(): void {
    byId<HTMLSelectElement>("symbol").addEventListener("change", event => {
      const symbol = (event.target as HTMLSelectElement).value;
      this.notice.say("symbol", null);
      history.replaceState(null, "", `#symbol=${symbol}`);
      this.choose(symbol);
    });
    byId("range").addEventListener("click", event => {
      const preset = (event.target as HTMLElement).closest<HTMLElement>("[data-range]")?.dataset["range"] as Preset | undefined;
      if (preset === undefined) return;
      this.span = PRESETS[preset];
      this.timeline.show(this.span);
    });
    const moves: Record<string, () => void> = {
      earlier: () => this.timeline.pan(-0.5), later: () => this.timeline.pan(0.5), closer: () => this.timeline.zoom(0.5), wider: () => this.timeline.zoom(2), newest: () => this.timeline.show(this.timeline.view.to - this.timeline.view.from),
    };
    for (const [id, move] of Object.entries(moves)) byId(id).addEventListener("click", move);
    const keys: Record<string, string> = { ArrowLeft: "earlier", ArrowRight: "later", "+": "closer", "=": "closer", "-": "wider", End: "newest" };
    byId("plot").addEventListener("keydown", event => {
      const move = moves[keys[event.key] ?? ""];
      if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      move();
    });
    byId<HTMLSelectElement>("feature-set").addEventListener("change", event => {
      this.features = FEATURE_SETS[(event.target as HTMLSelectElement).value] ?? this.features;
      this.draw();
    });
    byId("anomalies").addEventListener("click", event => {
      const time = (event.target as HTMLElement).closest<HTMLElement>("[data-open-time]")?.dataset["openTime"];
      if (time !== undefined) void this.detail.open(this.symbol, Date.parse(time), this.timeline.shown);
    });
    byId("table").addEventListener("toggle", () => showTable(this.live));
    document.addEventListener("visibilitychange", () => this.draw());
  }

  private receive(message: Incoming): void {
    switch (message.type) {
      case "hello": this.answered(); break;
      case "pong": this.clock.pong(message.at, message.server_time_ms, Date.now()); break;
      case "status":
        this.notice.say("database", message.database === "down" ? `The database is away${message.detail ? `: ${message.detail}` : ""}. What is shown stays; new results follow when it is back.` : null);
        break;
      case "problem": this.notice.say("request", message.detail ?? message.title ?? "The server refused a message."); break;
      case "resumed": this.timeline.refresh(); break;
      case "snapshot":
        this.notice.say("request", null);
        this.apply(message);
        if (message.reason !== undefined) this.timeline.refresh();
        break;
      case "update":
        this.apply(message);
        break;
    }
  }

  private apply(rows: Rows & { type: "snapshot" | "update" }): void {
    const mine = this.ofSymbol(rows);
    if (rows.models !== undefined && rows.models.length > 0) this.learnModels(rows.models);
    if (mine.quality !== undefined && mine.quality.length > 0) void this.lookAtFaults();
    this.live.merge(mine);
    const newest = this.live.bars.last();
    if (newest !== undefined) this.timeline.merge(mine, newest[0] + STEP["1m"]);
    for (const row of mine.bars ?? []) this.note(row.committed_at, rows.type === "update" ? row.received_at : null);
    if (rows.type === "update") document.body.dataset["updates"] = String(++this.updates);
    this.schedule();
  }

  private ofSymbol(rows: Rows): Rows {
    const mine = <T extends { symbol: string }>(list: T[] | undefined): T[] => (list ?? []).filter(row => row.symbol === this.symbol);
    return { bars: mine(rows.bars), features: mine(rows.features), regimes: mine(rows.regimes), anomalies: mine(rows.anomalies), quality: mine(rows.quality) };
  }

  private note(committed: string | null | undefined, received: string | null | undefined): void {
    if (committed) this.committedAt = Math.max(this.committedAt || 0, Date.parse(committed));
    if (received) this.receivedAt = Math.max(this.receivedAt ?? 0, Date.parse(received));
  }

  /** Draws once per frame at most, then measures how late the newest trade is on the screen. */
  private schedule(): void {
    if (this.scheduled || document.hidden) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      this.scheduled = false;
      const received = this.receivedAt;
      this.receivedAt = null;
      this.draw();
      if (received !== null) void painted().then(() => this.drawn.drawn(received, Date.now(), this.clock));
    });
  }

  private draw(): void {
    const holding = this.timeline.shown, { view } = this.timeline, { body } = document;
    this.headline.show(this.live);
    this.showRange();
    body.dataset["loading"] = String(this.timeline.isLoading());
    body.dataset["bars"] = String(holding.bars.all().length);
    if (holding.span === null) return;
    const extent = this.timeline.extent();
    const drawing = drawingOf(holding, extent, view, this.features);
    if (!this.timeline.isFollowing()) drawing.lastPrice = null;
    this.charts.draw(drawing, extent, view, this.features, this.description(holding));
    showFigures(holding, this.seen());
    showReadout(holding, this.pointed, this.features);
    showSigns(holding, view);
    showTable(this.live);
    this.nameModels();
    if (body.dataset["ready"] !== "true") void painted().then(() => { body.dataset["ready"] = "true"; });
  }

  private description(holding: Holding): string {
    const bar = this.live.bars.last()?.[1], regime = this.live.regimes.lastFinal()?.[1];
    return `Charts of ${this.symbol}, ${rangeWords(this.seen(), holding.interval)}. `
      + (bar === undefined ? "" : `Price ${price(Number(bar.close))}. `)
      + (regime === undefined ? "" : `Regime ${REGIMES[regime.regime].name}, confidence ${percent(confidence(regime))}. `)
      + "Arrow keys move, plus and minus zoom; the same numbers are in the table of minutes below.";
  }

  private showRange(): void {
    const { view } = this.timeline, span = view.to - view.from;
    for (const button of byId("range").querySelectorAll<HTMLElement>("[data-range]")) {
      const preset = PRESETS[button.dataset["range"] as Preset];
      button.setAttribute("aria-pressed", String(this.timeline.isFollowing() && Math.abs(preset / span - 1) < 0.02));
    }
    byId<HTMLButtonElement>("newest").disabled = this.timeline.isFollowing();
  }

  private moved(view: Span): void {
    this.timeline.moveTo(view);
    this.charts.keep(view);
    this.showRange();
    showFigures(this.timeline.shown, this.seen());
    showSigns(this.timeline.shown, this.timeline.view);
  }

  /** The view without the air on its right. */
  private seen(): Span {
    const { view, shown } = this.timeline;
    return { from: view.from, to: Math.min(view.to, shown.end() ?? view.to) };
  }

  private point(at: number | null): void {
    if (at === this.pointed) return;
    this.pointed = at;
    showReadout(this.timeline.shown, at, this.features);
  }

  private openCentre(centre: number): void {
    const holding = this.timeline.shown;
    void this.detail.open(this.symbol, centre - STEP[holding.interval] / 2, holding);
  }

  private connection(state: Connection): void {
    byId("connection").dataset["state"] = state;
    write("connection", STATE_WORDS[state]);
    if (state === "live") this.answered();
  }

  private answered(): void {
    this.awaySince = 0;
    for (const trouble of ["server", "token", "rate"] as const) this.notice.say(trouble, null);
  }

  private lost(code: number, reason: string, pause: number): void {
    if (this.awaySince === 0) this.awaySince = Date.now();
    if (code === 1008) return this.notice.say("token", `The server refuses this page: ${reason}. If it wants a token, open the address with #token=… at its end.`);
    const why = code === 4008 || code === 4009 || code === 1001 ? ` (${reason})` : "";
    this.notice.say("server", `No connection to the server since ${clock(this.awaySince, true)} UTC${why}. Trying again in ${duration(Math.max(1_000, pause))}; what was missed is fetched then.`);
  }

  private fault(e: unknown): void {
    if (e instanceof Unreachable) {
      if (this.awaySince === 0) this.awaySince = Date.now();
      this.notice.say("server", `The server does not answer since ${clock(this.awaySince, true)} UTC. Trying again.`);
    } else if (e instanceof Refused && e.problem.status === 401) {
      this.notice.say("token", "This server wants a token: open the address with #token=… at its end, as the server printed it when it started.");
    } else if (e instanceof Refused && e.problem.status === 503) {
      this.notice.say("database", `${e.message} Trying again.`);
    } else if (e instanceof Refused && e.problem.status === 429) {
      this.notice.say("rate", "Asked too much at once; going on in a moment.");
    } else {
      this.notice.say("request", (e as Error).message);
    }
  }

  /** Health, summary and faults: what is not pushed. */
  private async look(): Promise<void> {
    if (this.symbol === "" || document.hidden) return;
    const symbol = this.symbol;
    try {
      const [health, summary] = await Promise.all([this.api.health(), this.api.summary(symbol)]);
      if (symbol !== this.symbol) return;
      if (health.database.status === "up") this.notice.say("database", null);
      for (const trouble of ["rate", "request"] as const) this.notice.say(trouble, null);
      showHealth(health, symbol);
      this.headline.told(summary);
      this.headline.show(this.live);
      if (this.models.length === 0) this.learnModels(await this.api.models());
      await this.lookAtFaults();
    } catch (e) {
      this.fault(e);
    }
  }

  private async lookAtFaults(): Promise<void> {
    const symbol = this.symbol;
    const rows = await this.api.quality(symbol);
    if (symbol === this.symbol) showFaults(rows);
  }

  private learnModels(rows: readonly ModelRow[]): void {
    this.models = [...new Map([...this.models, ...rows].map(row => [modelKey(row), row])).values()];
  }

  private nameModels(): void {
    const latest = [this.live.regimes.last()?.[1], this.live.anomalies.last()?.[1]].filter(row => row !== undefined);
    showModels(this.models, new Set(latest.map(modelKey)));
  }

  /** What changes with time alone. */
  private tick(): void {
    const now = Date.now() + this.clock.ahead();
    const figures = this.drawn.figures(Date.now());
    write("latency", figures === null ? "–" : latencies(figures.p50, figures.p99));
    write("updated", Number.isFinite(this.committedAt) ? `${clock(this.committedAt, true)} UTC, ${duration(now - this.committedAt)} ago` : "–");
    const unsent = this.drawn.takeUnsent();
    if (unsent.length > 0) this.stream.send({ type: "seen", latency_ms: unsent });
    const quiet = Number.isFinite(this.committedAt) && now - this.committedAt > 150_000;
    const isLive = byId("connection").dataset["state"] === "live";
    this.notice.say("feed", quiet && isLive && !this.notice.has("database") ? `No new result since ${clock(this.committedAt, true)} UTC: the feed is quiet, or the run has ended.` : null);
  }
}

new App().start();
