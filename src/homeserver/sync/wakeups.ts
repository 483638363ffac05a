/** Wakes the long polls when something that a client could see has happened. */
export class Wakeups {
  readonly #waiting = new Set<() => void>();

  wake(): void {
    for (const resume of [...this.#waiting]) resume();
  }

  /** Resolves at the next wake-up or after `milliseconds`; rejects when the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const settle = (end: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
        this.#waiting.delete(resume);
        end();
      };
      const resume = () => settle(resolve);
      const abort = () => settle(() => reject(signal.reason));
      const timer = setTimeout(resume, milliseconds);
      signal.addEventListener("abort", abort, { once: true });
      this.#waiting.add(resume);
    });
  }
}
