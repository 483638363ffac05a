import type { JsonValue } from "./json.js";

/**
 * The longest text, in bytes, and the deepest nesting of arrays and objects that are read. Other servers write these texts: a
 * parsed value takes many times the memory of its text, and whatever walks through it takes stack for each level.
 */
export const JSON_LIMITS = { bytes: 16 * 1024 * 1024, depth: 1000 } as const;

const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\[]{}'].map((character) =>
  character.charCodeAt(0),
);

// It keeps nothing from one text to the next, and making one costs more than most texts do.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A body as JSON (RFC 8259); undefined when it is empty, no JSON, no UTF-8, led by a byte order mark, or beyond the limits. */
export function readJson(bytes: Uint8Array): JsonValue | undefined {
  if (bytes.length === 0 || bytes.length > JSON_LIMITS.bytes || nestsBeyond(bytes, JSON_LIMITS.depth)) return undefined;
  try {
    return JSON.parse(decoder.decode(bytes)) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Whether brackets outside of strings open more than that many levels. */
function nestsBeyond(bytes: Uint8Array, depth: number): boolean {
  if (bytes.length <= depth) return false;
  let level = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      level += 1;
      if (level > depth) return true;
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) level -= 1;
  }
  return false;
}
