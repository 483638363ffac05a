import type { IncomingMessage } from "node:http";

/** The whole body, or undefined when it is longer than allowed. Rejects when the sender goes away first. */
export function readBody(message: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    message.on("data", (chunk: Uint8Array) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      // What follows is read and dropped, so that the sender gets to see the refusal.
      else resolve(undefined);
    });
    message.once("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    message.once("error", reject);
    message.once("close", () => reject(new Error("the sender went away")));
  });
}
