import { ClientConnectionError } from "./client-error.js";
import type { SyncBatch } from "./sync-batch.js";

/** All batches are kept: what a client may be told, far beyond what any scenario brings about. */
const MOST_BATCHES = 2000;
const MOST_BYTES = 64 * 1024 * 1024;

interface Poll {
  readonly answer: Promise<void>;
  readonly controller: AbortController;
  waiters: number;
}

/** Syncs from the token; the next token stands in the answer. */
export type Poller = (since: string | undefined, signal: AbortSignal) => Promise<SyncBatch>;

/** A client's syncs in order, none lost and none taken twice, whoever waits for something in them. */
export class SyncFeed {
  readonly #poll: Poller;
  readonly #seen: SyncBatch[] = [];
  #bytes = 0;
  #since: string | undefined;
  #running: Poll | undefined;

  constructor(poll: Poller) {
    this.#poll = poll;
  }

  /** Every batch so far, the oldest first. */
  get seen(): readonly SyncBatch[] {
    return this.#seen;
  }

  /** The first batch that satisfies the predicate, from `after` batches on; polls for as long as there is none. */
  async waitFor(predicate: (batch: SyncBatch) => boolean, signal: AbortSignal, after = 0): Promise<SyncBatch> {
    for (let at = after; ; ) {
      for (; at < this.#seen.length; at += 1) {
        const batch = this.#seen[at];
        if (batch !== undefined && predicate(batch)) return batch;
      }
      await this.next(signal);
    }
  }

  /** Resolves after one more answer of the server; joins a poll that is under way. */
  async next(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const poll = this.#running ?? this.#start();
    if (poll.controller.signal.aborted) return unlessAborted(ended(poll), signal);
    poll.waiters += 1;
    try {
      await unlessAborted(poll.answer, signal);
    } finally {
      poll.waiters -= 1;
      if (poll.waiters === 0 && signal.aborted) poll.controller.abort(signal.reason);
    }
  }

  #start(): Poll {
    const controller = new AbortController();
    const answer = this.#take(controller.signal).finally(() => {
      this.#running = undefined;
    });
    const poll: Poll = { answer, controller, waiters: 0 };
    this.#running = poll;
    return poll;
  }

  async #take(signal: AbortSignal): Promise<void> {
    const batch = await this.#poll(this.#since, signal);
    const next = batch.body.next_batch;
    if (typeof next === "string") this.#since = next;
    this.#seen.push(batch);
    this.#bytes += batch.bytes ?? 0;
    if (this.#seen.length > MOST_BATCHES || this.#bytes > MOST_BYTES) {
      const told = `${this.#seen.length} answers of ${this.#bytes} bytes`;
      throw new ClientConnectionError(`the server floods its client: ${told} to /sync`, batch.exchangeId);
    }
  }
}

/** Given up by those who waited for it: how it ends is no concern of whoever comes later. */
async function ended({ answer }: Poll): Promise<void> {
  await Promise.allSettled([answer]);
}

function unlessAborted(answer: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
