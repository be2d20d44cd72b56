import { byId, make } from "./dom.js";

export type Trouble = "server" | "database" | "symbol" | "token" | "data" | "feed" | "rate" | "request";
const ORDER: readonly Trouble[] = ["token", "server", "database", "rate", "symbol", "request", "data", "feed"];

/** What is wrong, in words, as long as it is. The gravest comes first; nothing wrong hides the element. */
export class Notice {
  private readonly troubles = new Map<Trouble, string>();
  private readonly element = byId("notice");

  say(trouble: Trouble, text: string | null): void {
    if ((this.troubles.get(trouble) ?? null) === text) return;
    if (text === null) this.troubles.delete(trouble);
    else this.troubles.set(trouble, text);
    this.show();
  }

  has(trouble: Trouble): boolean {
    return this.troubles.has(trouble);
  }

  private show(): void {
    const lines = ORDER.filter(trouble => this.troubles.has(trouble));
    this.element.hidden = lines.length === 0;
    this.element.replaceChildren(
      ...lines.map(trouble => make("p", { "data-trouble": trouble }, this.troubles.get(trouble) ?? "")));
  }
}
