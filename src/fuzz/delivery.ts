import type { Dice } from "./dice.js";
import type { FuzzNode } from "./history.js";

/** A random order in which no node comes before one that it follows. */
export function permutedOrder(nodes: readonly FuzzNode[], dice: Dice): string[] {
  const order: string[] = [];
  let left = [...nodes];
  while (left.length > 0) {
    const missing = new Set(left.map(({ name }) => name));
    const next = dice.pick(left.filter(({ prev }) => prev.every((name) => !missing.has(name))));
    order.push(next.name);
    left = left.filter((node) => node !== next);
  }
  return order;
}
