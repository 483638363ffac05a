const STANDARD = /^[A-Za-z0-9+/]*$/;
const URL_SAFE = /^[A-Za-z0-9_-]*$/;

/** Text that is not base64 in either alphabet. */
export class Base64Error extends Error {
  readonly code = "BAD_BASE64";

  constructor(reason: string) {
    super(`not base64: ${reason}`);
    this.name = "Base64Error";
  }
}

/** Unpadded base64 in the standard alphabet (appendices#unpadded-base64). */
export function encodeBase64(bytes: Uint8Array): string {
  return buffer(bytes).toString("base64").replace(/=+$/, "");
}

/** Unpadded base64 in the URL-safe alphabet (appendices#url-safe-unpadded-base64). */
export function encodeUrlSafeBase64(bytes: Uint8Array): string {
  return buffer(bytes).toString("base64url");
}

/**
 * Decodes either alphabet (not a mixture), padded or not; throws `Base64Error`.
 * Bits left over in the last character are ignored: the published signing seed has some.
 */
export function decodeBase64(text: string): Uint8Array {
  const unpadded = withoutPadding(text);
  if (!STANDARD.test(unpadded) && !URL_SAFE.test(unpadded)) throw new Base64Error("a character outside the alphabet");
  if (unpadded.length % 4 === 1) throw new Base64Error("a length that no byte sequence encodes to");
  return new Uint8Array(Buffer.from(unpadded, "base64url"));
}

function withoutPadding(text: string): string {
  const start = text.indexOf("=");
  if (start === -1) return text;
  const padding = text.slice(start);
  if (!/^={1,2}$/.test(padding) || text.length % 4 !== 0) throw new Base64Error("misplaced padding");
  return text.slice(0, start);
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
