import { seededRandom } from "../targets/seeded-random.js";

const RANGE = 2 ** 32;

/** Choices that are the same for the same seed. */
export class Dice {
  readonly #bytes: (length: number) => Uint8Array;

  constructor(seed: string) {
    this.#bytes = seededRandom(seed);
  }

  /** A number from 0 up to, not including, 1. */
  fraction(): number {
    return Buffer.from(this.#bytes(4)).readUInt32BE() / RANGE;
  }

  /** A whole number between two, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of a list that is not empty. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  }

  /** So many of the items, or all when there are fewer, in random order. */
  some<T>(items: readonly T[], count: number): T[] {
    const left = [...items];
    const chosen: T[] = [];
    while (chosen.length < count && left.length > 0) {
      chosen.push(...left.splice(this.between(0, left.length - 1), 1));
    }
    return chosen;
  }

  /** One of the names, each as likely as its weight says. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
    const entries = Object.entries(weights) as [T, number][];
    let left = this.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      left -= weight;
      if (left < 0) return name;
    }
    throw new RangeError("no weight is above zero");
  }
}
