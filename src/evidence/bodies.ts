import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Digest } from "./exchange.js";
import { makeFolder } from "./make-folder.js";

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

/** What a file is called while it is written: a killed run may leave one. */
export const UNFINISHED = ".part";

/**
 * Bodies as files of one folder, which is made for the first. A file has its name only once it is whole. What was put or read in
 * this process is also kept in memory.
 */
export function bodiesIn(folder: string): Bodies {
  const known = new Map<Digest, Uint8Array>();
  return {
    put(body) {
      const digest = digestOf(body);
      if (!known.has(digest)) {
        known.set(digest, body);
        write(folder, digest, body);
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

function write(folder: string, digest: Digest, body: Uint8Array): void {
  const file = join(folder, digest);
  if (existsSync(file)) return;
  makeFolder(folder);
  writeFileSync(`${file}${UNFINISHED}`, body);
  renameSync(`${file}${UNFINISHED}`, file);
}
