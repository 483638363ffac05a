import type { Reading } from "../../matrix/state-resolution/resolve.js";

/** A way to take the text that is not its own and is known to be in use, in words and for the resolver. */
export interface NamedReading {
  readonly name: string;
  readonly reading: Reading;
}

const SINGLE: readonly NamedReading[] = [
  { name: "auth chains hold the state's own events", reading: { chainsHoldState: true } },
  {
    name: "power events are ordered inside the conflicted set alone",
    reading: { gathersInside: true, ordersInside: true },
  },
  { name: "rejected events stay out", reading: { rejectedStayOut: true } },
];

/** All readings and what several of them make together, those that depart least from the text first. */
export const RESOLVER_READINGS: readonly NamedReading[] = [...SINGLE, ...combined(2), ...combined(3)];

function combined(size: number): NamedReading[] {
  return combinations(SINGLE, size).map((several) => ({
    name: several.map(({ name }) => name).join("; "),
    reading: Object.assign({}, ...several.map(({ reading }) => reading)),
  }));
}

function combinations<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, at) => combinations(items.slice(at + 1), size - 1).map((rest) => [item, ...rest]));
}
