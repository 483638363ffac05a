import { utf8Length } from "./code-points.js";
import type { JsonValue } from "./json.js";
import { JsonReader, type JsonRemark, JsonSyntaxError } from "./json-reader.js";
import { JSON_LIMITS } from "./read-json.js";

export type { JsonRemark };

/** Offsets are in bytes from the start; after invalid UTF-8 each bad sequence counts as the replacement character. */
export type ParsedJson =
  | { readonly value: JsonValue; readonly remarks: readonly JsonRemark[] }
  | { readonly error: string; readonly offset: number };

export interface ParseJsonOptions {
  /** Deepest nesting of arrays and objects. */
  readonly maxDepth?: number;
}

const encoder = new TextEncoder();

/**
 * Parses JSON in one pass; of duplicate keys the last wins, as everywhere.
 * At most 100 remarks are kept, so that a hostile text cannot make the list long.
 */
export function parseJson(bytes: Uint8Array, options: ParseJsonOptions = {}): ParsedJson {
  if (bytes.length > JSON_LIMITS.bytes) return { error: "longer than is read", offset: JSON_LIMITS.bytes };
  const { text, badAt } = decode(bytes);
  const reader = new JsonReader(text, options.maxDepth ?? JSON_LIMITS.depth);
  try {
    const value = reader.read();
    const remarks = inBytes(text, reader.remarks);
    return {
      value,
      remarks: badAt === undefined ? remarks : [{ kind: "invalid-utf-8", offset: badAt, path: "" }, ...remarks],
    };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { error: error.message, offset: utf8Length(text.slice(0, error.index)) };
  }
}

/** The remarks on a value and all within it: those whose path is the pointer or continues it. */
export function remarksUnder(remarks: readonly JsonRemark[], pointer: string): readonly JsonRemark[] {
  return remarks.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`));
}

// The remarks come in order of their offsets, so each stretch of text is measured once.
function inBytes(text: string, remarks: readonly JsonRemark[]): JsonRemark[] {
  let measured = 0;
  let bytes = 0;
  return remarks.map((remark) => {
    bytes += utf8Length(text.slice(measured, remark.offset));
    measured = remark.offset;
    return { ...remark, offset: bytes };
  });
}

function decode(bytes: Uint8Array): { text: string; badAt?: number } {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (!text.includes("\ufffd")) return { text };
  const repaired = encoder.encode(text);
  const badAt = bytes.findIndex((byte, index) => byte !== repaired[index]);
  if (badAt !== -1) return { text, badAt };
  return repaired.length === bytes.length ? { text } : { text, badAt: bytes.length };
}
