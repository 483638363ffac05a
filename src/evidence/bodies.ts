import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Digest } from "./exchange.js";

/** Content-addressed bodies: each is kept once, under the sha256 of its bytes. */
export interface Bodies {
  put(body: Uint8Array): Digest;
  /** The bytes of that digest; undefined when they are not there. */
  get(digest: Digest): Uint8Array | undefined;
}

/** sha256 in lower-case hex. */
export function digestOf(body: Uint8Array): Digest {
  return createHash("sha256").update(body).digest("hex");
}

/** Bodies as files of one folder, which is made when missing. What was put in this process is also kept in memory. */
export function bodiesIn(folder: string): Bodies {
  mkdirSync(folder, { recursive: true });
  const known = new Map<Digest, Uint8Array>();
  return {
    put(body) {
      const digest = digestOf(body);
      if (!known.has(digest)) {
        known.set(digest, body);
        const file = join(folder, digest);
        if (!existsSync(file)) writeFileSync(file, body);
      }
      return digest;
    },
    get(digest) {
      const held = known.get(digest);
      if (held !== undefined) return held;
      const file = join(folder, digest);
      if (!existsSync(file)) return undefined;
      const body = readFileSync(file);
      known.set(digest, body);
      return body;
    },
  };
}
