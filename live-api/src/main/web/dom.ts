/** The element of an id that index.html has. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no element id=${id}`);
  return found as T;
}

/** Sets a text only where it differs, so that a screen reader does not announce it again. */
export function write(target: string | HTMLElement, text: string): void {
  const element = typeof target === "string" ? byId(target) : target;
  if (element.textContent !== text) element.textContent = text;
}

type Attributes = Record<string, string | number | boolean | undefined>;

/** A new element; attributes that are undefined or false are left out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/** Resolves when what was drawn before the call is on its way to the screen; at once in a hidden tab. */
export function painted(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())));
}
