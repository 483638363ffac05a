/** Pairs of servers whose path is cut, and what is to be torn when a cut is made. */
export class Partitions {
  readonly #cut = new Set<string>();
  readonly #inFlight = new Map<string, Set<() => void>>();

  /** Sender and receiver of requests lost on paths that are cut now, and who waits for one. */
  readonly #lost = new Set<string>();
  readonly #waiting = new Map<string, Set<() => void>>();

  partition(a: string, b: string): void {
    const pair = pairOf(a, b);
    this.#cut.add(pair);
    for (const way of [`${a} ${b}`, `${b} ${a}`]) this.#lost.delete(way);
    for (const tear of this.#inFlight.get(pair) ?? []) tear();
  }

  heal(a: string, b: string): void {
    this.#cut.delete(pairOf(a, b));
  }

  cut(a: string, b: string): boolean {
    return this.#cut.has(pairOf(a, b));
  }

  /** To be called for each request that found its path cut, or was torn by the cut. */
  lose(from: string, to: string): void {
    const way = `${from} ${to}`;
    this.#lost.add(way);
    const waiting = this.#waiting.get(way);
    this.#waiting.delete(way);
    for (const tell of waiting ?? []) tell();
  }

  /** Resolves once a request from the one to the other was lost since the last cut; rejects with the signal's reason. */
  lost(from: string, to: string, signal: AbortSignal): Promise<void> {
    const way = `${from} ${to}`;
    if (this.#lost.has(way)) return Promise.resolve();
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(way) ?? new Set();
      this.#waiting.set(way, waiting);
      const give = () => {
        waiting.delete(tell);
        reject(signal.reason);
      };
      const tell = () => {
        signal.removeEventListener("abort", give);
        resolve();
      };
      waiting.add(tell);
      signal.addEventListener("abort", give, { once: true });
    });
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
