/** One figure of the table. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What was done, and how often, to get the figure. */
  readonly how: string;
}

/** The middle of the values; the lower one of two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** Measures so many times, fewer (but at least once) where the next would begin after `withinMs`. */
export async function repeated(times: number, withinMs: number, measure: () => Promise<number>): Promise<number[]> {
  const end = performance.now() + withinMs;
  const values: number[] = [];
  while (values.length < times && (values.length === 0 || performance.now() < end)) values.push(await measure());
  return values;
}

/** Milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const ROUNDS = 5;
const ROUND_MS = 200;

/** How often the work can be done in a second: the median of five rounds of 200 ms, after one that does not count. */
export function rateOf(name: string, unit: string, what: string, work: (at: number) => void): Measurement {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => rateInOneRound(work)).slice(1);
  return { name, value: Math.round(median(rounds)), unit, how: `${what}; rounds: ${ROUNDS}, each of ${ROUND_MS} ms` };
}

function rateInOneRound(work: (at: number) => void): number {
  const start = performance.now();
  let done = 0;
  let now = start;
  while (now - start < ROUND_MS) {
    work(done);
    done += 1;
    now = performance.now();
  }
  return (done / (now - start)) * 1000;
}

/** Milliseconds, with a figure behind the point where they are few. */
export function milliseconds(value: number): number {
  return value < 100 ? Math.round(value * 10) / 10 : Math.round(value);
}
