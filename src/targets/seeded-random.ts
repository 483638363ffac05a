import { derive } from "./lab-values.js";

/** Bytes that depend on the seed, the purpose and how many were drawn before. */
export function seededRandom(seed: string, purpose: string): (length: number) => Uint8Array {
  let drawn = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      drawn += 1;
      bytes.set(derive(seed, `${purpose} ${drawn}`).subarray(0, Math.min(32, length - at)), at);
    }
    return bytes;
  };
}
