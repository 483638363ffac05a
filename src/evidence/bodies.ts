import { hash } from "node:crypto";
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
  return hash("sha256", body, "hex");
}

/** What a file is called while it is written: a killed run may leave one. */
export const UNFINISHED = ".part";

/** How many bytes of bodies are kept in memory: those of an ordinary run all fit, those of a server that floods us need not. */
const HELD_BYTES = 64 * 1024 * 1024;

/**
 * Bodies as files of one folder, which is made for the first. A file has its name only once it is whole. What was put or read last
 * in this process is also kept in memory, up to so many bytes.
 */
export function bodiesIn(folder: string, heldBytes = HELD_BYTES): Bodies {
  const known = new Held(heldBytes);
  return {
    put(body) {
      const digest = digestOf(body);
      if (!known.has(digest)) {
        known.add(digest, body);
        write(folder, digest, body);
      }
      return digest;
    },
    get(digest) {
      const held = known.get(digest);
      if (held !== undefined) return held;
      const body = readIfThere(join(folder, digest));
      if (body !== undefined) known.add(digest, body);
      return body;
    },
  };
}

/** Bodies for as long as somebody holds this. */
export function bodiesInMemory(): Bodies {
  const bodies = new Map<Digest, Uint8Array>();
  return {
    put(body) {
      const digest = digestOf(body);
      bodies.set(digest, body);
      return digest;
    },
    get: (digest) => bodies.get(digest),
  };
}

function readIfThere(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** The bodies that came last. */
class Held {
  readonly #bodies = new Map<Digest, Uint8Array>();
  #bytes = 0;

  constructor(private readonly limit: number) {}

  has(digest: Digest): boolean {
    return this.#bodies.has(digest);
  }

  get(digest: Digest): Uint8Array | undefined {
    return this.#bodies.get(digest);
  }

  add(digest: Digest, body: Uint8Array): void {
    this.#bodies.set(digest, body);
    this.#bytes += body.length;
    for (const [oldest, { length }] of this.#bodies) {
      if (this.#bytes <= this.limit) return;
      this.#bodies.delete(oldest);
      this.#bytes -= length;
    }
  }
}

function write(folder: string, digest: Digest, body: Uint8Array): void {
  const file = join(folder, digest);
  if (existsSync(file)) return;
  makeFolder(folder);
  // Two processes may have the same body at the same time.
  const unfinished = `${file}.${process.pid}${UNFINISHED}`;
  writeFileSync(unfinished, body);
  renameSync(unfinished, file);
}
