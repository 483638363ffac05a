const MAX_CHARACTERS = 64 * 1024 * 1024;

/** What a server printed, as it prints it. */
export class ServerLog {
  #text = "";
  #dropped = false;
  #ended = false;
  readonly #waiting = new Set<() => void>();

  append(chunk: string): void {
    // A server that prints without end must not take the run's memory: what it said first is what explains it.
    if (this.#text.length + chunk.length > MAX_CHARACTERS) this.#dropped = true;
    else this.#text += chunk;
    for (const look of [...this.#waiting]) look();
  }

  /** The server prints no more. */
  end(): void {
    this.#ended = true;
    for (const look of [...this.#waiting]) look();
  }

  text(): string {
    return this.#dropped
      ? `${this.#text}\n(the rest was dropped: more than ${MAX_CHARACTERS} characters)\n`
      : this.#text;
  }

  tail(lines: number): string {
    return this.#text.trimEnd().split("\n").slice(-lines).join("\n");
  }

  /** `found` once the words stand in the log, `ended` when the server stopped printing before. Rejects when aborted. */
  waitFor(words: string, signal: AbortSignal): Promise<"found" | "ended"> {
    return new Promise((resolve, reject) => {
      let from = 0;
      const settle = (act: () => void) => {
        this.#waiting.delete(look);
        signal.removeEventListener("abort", abort);
        act();
      };
      const abort = () => settle(() => reject(signal.reason));
      const look = () => {
        if (this.#text.indexOf(words, from) !== -1) return settle(() => resolve("found"));
        if (this.#ended) return settle(() => resolve("ended"));
        from = Math.max(0, this.#text.length - words.length);
      };
      this.#waiting.add(look);
      signal.addEventListener("abort", abort, { once: true });
      if (signal.aborted) abort();
      else look();
    });
  }

  /** Resolves when the server prints no more. */
  ended(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(look);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const look = () => {
        if (this.#ended) done();
      };
      this.#waiting.add(look);
      signal.addEventListener("abort", done, { once: true });
      if (signal.aborted) done();
      else look();
    });
  }
}
