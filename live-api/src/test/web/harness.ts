/** What a test file registers; the JUnit class that loads it runs each by its sentence. */
export interface Case {
  name: string;
  run: () => void | Promise<void>;
}

export const cases: Case[] = [];

export function test(name: string, run: () => void | Promise<void>): void {
  cases.push({ name, run });
}

/** Lets everything go on that waits for an answer which has come. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await null;
}

/** Fails with both values where they differ, by their JSON. */
export function equal(actual: unknown, expected: unknown): void {
  const found = text(actual), wanted = text(expected);
  if (found !== wanted) throw new Error(`expected ${wanted} but found ${found}`);
}

export function close(actual: number, expected: number, tolerance: number): void {
  if (!(Math.abs(actual - expected) <= tolerance)) throw new Error(`expected ${expected} ± ${tolerance} but found ${actual}`);
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === "number" && !Number.isFinite(each) ? String(each) : each)) ?? "undefined";
