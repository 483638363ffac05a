import { createHash } from "node:crypto";

/** A source of bytes that gives the same sequence for the same seed. Not for secrets: the keys of a run are worth nothing after it. */
export type RandomSource = (length: number) => Uint8Array;

/** sha256 in counter mode over the seed. */
export function seededRandom(seed: string): RandomSource {
  let counter = 0;
  let held = Buffer.alloc(0);
  return (length) => {
    while (held.length < length) {
      held = Buffer.concat([held, createHash("sha256").update(`${seed}\n${counter}`).digest()]);
      counter += 1;
    }
    const taken = held.subarray(0, length);
    held = held.subarray(length);
    return Uint8Array.from(taken);
  };
}
