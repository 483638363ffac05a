import type { IncomingMessage } from "node:http";

/** Bytes that many may use together. */
export class Budget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** False, and nothing is taken, when so many are not left. */
  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  give(bytes: number): void {
    this.#left += bytes;
  }
}

/**
 * The whole body, or undefined when it is longer than allowed or the budget has no room for it. Rejects when the sender goes away
 * first. The budget counts bodies while they are read.
 */
export function readBody(message: IncomingMessage, maxBytes: number, budget: Budget): Promise<Uint8Array | undefined> {
  let chunks: Uint8Array[] = [];
  let length = 0;
  const read = new Promise<Uint8Array | undefined>((resolve, reject) => {
    message.on("data", (chunk: Uint8Array) => {
      // What follows a body too long is read and dropped, so that the sender gets to see the refusal.
      if (length > maxBytes) return;
      if (length + chunk.length <= maxBytes && budget.take(chunk.length)) {
        length += chunk.length;
        chunks.push(chunk);
        return;
      }
      budget.give(length);
      chunks = [];
      length = Number.POSITIVE_INFINITY;
      resolve(undefined);
    });
    message.once("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    message.once("error", reject);
    message.once("close", () => reject(new Error("the sender went away")));
  });
  return read.finally(() => {
    if (Number.isFinite(length)) budget.give(length);
  });
}
