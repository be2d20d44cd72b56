const KEY = "microstream.token";

/** What stands behind the # of the address. */
export const fragment = (): URLSearchParams => new URLSearchParams(location.hash.slice(1));

/** The token of the address's fragment goes to this tab's storage and out of the address bar. */
export function takeToken(): string | null {
  const given = fragment(), token = given.get("token");
  if (token !== null) {
    sessionStorage.setItem(KEY, token);
    given.delete("token");
    const rest = given.toString();
    history.replaceState(null, "", location.pathname + location.search + (rest === "" ? "" : `#${rest}`));
  }
  return sessionStorage.getItem(KEY);
}
