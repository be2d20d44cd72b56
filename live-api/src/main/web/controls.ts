import type { Feature, SymbolState } from "./contract.js";
import { byId, make } from "./dom.js";
import { PRESETS, withAir, type Preset, type Span } from "./intervals.js";
import { fragment } from "./token.js";

const FEATURE_SETS: Record<string, readonly Feature[]> = {
  classic: ["momentum", "volatility_proxy", "activity_ratio"],
  surges: ["scaled_return", "range_surge", "volume_surge"],
  flow: ["taker_imbalance", "log_volatility", "log_volume"],
};
export const FIRST_FEATURES = FEATURE_SETS["classic"] ?? [];

type Move = "earlier" | "later" | "closer" | "wider" | "newest";
const MOVES: readonly Move[] = ["earlier", "later", "closer", "wider", "newest"];
const KEYS: Record<string, Move> = { ArrowLeft: "earlier", ArrowRight: "later", "+": "closer", "=": "closer", "-": "wider", End: "newest" };

export interface Actions {
  symbol(symbol: string): void;
  /** Shows the newest span of this many milliseconds. */
  span(ms: number): void;
  move(move: Move): void;
  features(features: readonly Feature[]): void;
  /** Opens the anomaly whose bar opens at this time. */
  open(at: number): void;
  table(): void;
  /** Called when the reader returns to this tab. */
  visibilityChanged(): void;
  /** Called when the part of the address after # has changed. */
  addressChanged(): void;
}

/** Calls an action for each click, key and selection. */
export function listen(actions: Actions): void {
  on("symbol", "change", target => {
    const symbol = (target as HTMLSelectElement).value;
    history.replaceState(null, "", `#symbol=${symbol}`);
    actions.symbol(symbol);
  });
  on("range", "click", target => {
    const preset = target.closest<HTMLElement>("[data-range]")?.dataset["range"] as Preset | undefined;
    if (preset !== undefined) actions.span(PRESETS[preset]);
  });
  for (const move of MOVES) on(move, "click", () => actions.move(move));
  byId("plot").addEventListener("keydown", event => {
    const move = KEYS[event.key];
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    actions.move(move);
  });
  on("feature-set", "change", target => actions.features(FEATURE_SETS[(target as HTMLSelectElement).value] ?? FIRST_FEATURES));
  on("anomalies", "click", target => {
    const time = target.closest<HTMLElement>("[data-open-time]")?.dataset["openTime"];
    if (time !== undefined) actions.open(Date.parse(time));
  });
  on("table", "toggle", () => actions.table());
  document.addEventListener("visibilitychange", () => actions.visibilityChanged());
  window.addEventListener("hashchange", () => {
    if (fragment().has("token")) location.reload();
    else if (fragment().has("symbol")) actions.addressChanged();
  });
}

function on(id: string, event: string, then: (target: HTMLElement) => void): void {
  byId(id).addEventListener(event, fired => then(fired.target as HTMLElement));
}

/** Fills the list of symbols; the one that is shown stays selected. */
export function listSymbols(symbols: readonly SymbolState[], shown: string): void {
  const select = byId<HTMLSelectElement>("symbol");
  const listed = [...select.options].map(option => option.value).join();
  if (listed !== symbols.map(each => each.symbol).join()) {
    select.replaceChildren(...symbols.map(each => make("option", { value: each.symbol }, each.symbol)));
  }
  select.value = shown;
}

/** Presses the button of the range that is in view, if it is one of them and ends at the newest bar. */
export function showRange(view: Span, isFollowing: boolean): void {
  for (const button of byId("range").querySelectorAll<HTMLElement>("[data-range]")) {
    const isShown = Math.abs(withAir(PRESETS[button.dataset["range"] as Preset]) / (view.to - view.from) - 1) < 0.02;
    button.setAttribute("aria-pressed", String(isFollowing && isShown));
  }
  byId<HTMLButtonElement>("newest").disabled = isFollowing;
}
