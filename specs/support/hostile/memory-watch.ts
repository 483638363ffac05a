const EVERY_MS = 20;

/** The most memory that this process takes while it is watched, as far as samples tell. */
export class MemoryWatch {
  #timer: NodeJS.Timeout | undefined;
  #before = 0;
  #most = 0;

  start(): void {
    this.#before = process.memoryUsage.rss();
    this.#most = this.#before;
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Bytes beyond those that it took before. */
  grownBy(): number {
    this.#look();
    return this.#most - this.#before;
  }

  #look(): void {
    this.#most = Math.max(this.#most, process.memoryUsage.rss());
  }
}
