/** Pairs of servers whose path is cut, and what is to be torn when a cut is made. */
export class Partitions {
  readonly #cut = new Set<string>();
  readonly #inFlight = new Map<string, Set<() => void>>();

  partition(a: string, b: string): void {
    const pair = pairOf(a, b);
    this.#cut.add(pair);
    for (const tear of this.#inFlight.get(pair) ?? []) tear();
  }

  heal(a: string, b: string): void {
    this.#cut.delete(pairOf(a, b));
  }

  cut(a: string, b: string): boolean {
    return this.#cut.has(pairOf(a, b));
  }

  /** Registers an exchange under way; `tear` is called if its path is cut meanwhile. Returns the way to unregister it. */
  watch(a: string, b: string, tear: () => void): () => void {
    const pair = pairOf(a, b);
    const tears = this.#inFlight.get(pair) ?? new Set();
    this.#inFlight.set(pair, tears);
    tears.add(tear);
    return () => {
      tears.delete(tear);
      if (tears.size === 0) this.#inFlight.delete(pair);
    };
  }
}

function pairOf(a: string, b: string): string {
  return [a, b].sort().join(" ");
}
