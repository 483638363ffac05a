import { encodeUrlSafeBase64 } from "../../matrix/base64.js";
import type { HomeserverOptions } from "../options.js";

/** A token nobody can guess: `bytes` random bytes in URL-safe base64. */
export function randomToken(options: HomeserverOptions, bytes: number): string {
  return encodeUrlSafeBase64(options.random(bytes));
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A device id such as clients are used to: ten capital letters. */
export function randomDeviceId(options: HomeserverOptions): string {
  return Array.from(options.random(10), (byte) => LETTERS[byte % LETTERS.length]).join("");
}
