import { byId, make } from "./dom.js";

export type NoticeKind = "server" | "database" | "symbol" | "token" | "data" | "feed" | "rate" | "request";
const ORDER: readonly NoticeKind[] = ["token", "server", "database", "rate", "symbol", "request", "data", "feed"];

/** The notice above the page: one text for each current problem, the gravest first; hidden without any. */
export class Notice {
  private readonly texts = new Map<NoticeKind, string>();
  private readonly element = byId("notice");

  set(kind: NoticeKind, text: string | null): void {
    if ((this.texts.get(kind) ?? null) === text) return;
    if (text === null) this.texts.delete(kind);
    else this.texts.set(kind, text);
    this.show();
  }

  has(kind: NoticeKind): boolean {
    return this.texts.has(kind);
  }

  private show(): void {
    const lines = ORDER.filter(kind => this.texts.has(kind));
    this.element.hidden = lines.length === 0;
    this.element.replaceChildren(
      ...lines.map(kind => make("p", { "data-kind": kind }, this.texts.get(kind) ?? "")));
  }
}
