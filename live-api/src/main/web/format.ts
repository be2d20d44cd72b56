/** Numbers and times as text. Times are UTC throughout, numbers have a point and narrow gaps. */

const pad = (value: number, width = 2): string => String(value).padStart(width, "0");

/** Returns the day of a time, such as 2026-01-05. */
export function day(ms: number): string {
  const at = new Date(ms);
  return `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`;
}

/** Returns the time of day, such as 00:17, or 00:17:42 with seconds. */
export function clock(ms: number, seconds = false): string {
  const at = new Date(ms);
  return `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}${seconds ? ":" + pad(at.getUTCSeconds()) : ""}`;
}

/** Returns day and time of day, such as 2026-01-05 00:17. */
export const moment = (ms: number): string => `${day(ms)} ${clock(ms)}`;

/** Columns of the server want ISO without a fraction that is zero. */
export const iso = (ms: number): string => new Date(ms).toISOString().replace(".000Z", "Z");

/** 61,234.50; as many decimals as the exchange's own text has, but no zeros that all prices share. */
export function price(value: number): string {
  const decimals = value >= 1000 ? 2 : value >= 1 ? 4 : 6;
  return fixed(value, decimals);
}

/** As long as needed on an axis: 107,800, 0.25, 1.5 M */
export function tick(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e3 && size < 1e6) return fixed(value, 0);
  return compact(value).replace(/(\.\d*?)0+(?= |$)/, "$1").replace(/\.(?= |$)/, "");
}

/** 1,234.5, the same in every language of the browser */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return "–";
  const [whole = "", part] = value.toFixed(decimals).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part === undefined ? "" : `.${part}`);
}

/** 12.3 k, 4.56 M: three digits that count. */
export function compact(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  for (const [limit, unit] of [[1e9, " B"], [1e6, " M"], [1e3, " k"]] as const) {
    if (size >= limit) return fixed(value / limit, size >= 100 * limit ? 0 : size >= 10 * limit ? 1 : 2) + unit;
  }
  return fixed(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 || size === 0 ? 2 : 3);
}

/** 72, 904, 20,904: what is counted has no fraction. */
export const count = (value: number): string => fixed(value, 0);

/** +1.24 %; the sign is always there. */
export function signedPercent(fraction: number, decimals = 2): string {
  if (!Number.isFinite(fraction)) return "–";
  const text = fixed(Math.abs(fraction) * 100, decimals);
  return (fraction < 0 ? "−" : "+") + text + " %";
}

/** Returns a fraction as percent, such as 97 %; – if it is not finite. */
export const percent = (fraction: number, decimals = 0): string =>
  Number.isFinite(fraction) ? fixed(fraction * 100, decimals) + " %" : "–";

/** 42 s, 12 min, 3 h 05 min, 2 d 4 h */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${pad(minutes % 60)} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** 12 / 88 ms: the usual and the worst in a hundred. */
export const latencies = (p50: number, p99: number): string =>
  p50 < 1000 && p99 < 1000 ? `${Math.round(p50)} / ${latency(p99)}` : `${latency(p50)} / ${latency(p99)}`;

/** Returns a duration such as 12 ms or 1.2 s. */
export const latency = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${fixed(ms / 1000, 1)} s`);
