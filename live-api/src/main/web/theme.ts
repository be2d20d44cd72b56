import { byId } from "./dom.js";

export type Theme = "light" | "dark";
const KEY = "microstream.theme";

/** The system's theme until the reader chooses one, which this browser remembers. */
export function startTheme(changed: () => void): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = byId<HTMLButtonElement>("theme");
  const chosen = (): Theme | null => localStorage.getItem(KEY) as Theme | null;
  const apply = (): void => {
    const theme = chosen() ?? (system.matches ? "dark" : "light");
    document.documentElement.dataset["theme"] = theme;
    button.setAttribute("aria-label", theme === "dark" ? "Switch to light theme" : "Switch to dark theme");
    changed();
  };
  button.addEventListener("click", () => {
    localStorage.setItem(KEY, document.documentElement.dataset["theme"] === "dark" ? "light" : "dark");
    apply();
  });
  system.addEventListener("change", apply);
  apply();
}

/** Colours as style.css names them, resolved once for the theme that is on. */
export function colours(): (name: string) => string {
  const probe = byId("probe"), known = new Map<string, string>();
  return name => {
    let colour = known.get(name);
    if (colour === undefined) {
      probe.style.color = `var(--${name})`;
      colour = getComputedStyle(probe).color;
      known.set(name, colour);
    }
    return colour;
  };
}

/** Returns the same colour with an opacity of `alpha`. */
export const faded = (colour: string, alpha: number): string =>
  colour.replace(/^rgba?\(([^,]+),([^,]+),([^,)]+).*$/, `rgba($1,$2,$3, ${alpha})`);
