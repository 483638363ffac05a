import { type JsonValue, pointerParts } from "../matrix/json.js";

const INDEX = /^(?:0|[1-9][0-9]*)$/;

/** The value at a JSON Pointer (RFC 6901); undefined where there is none. */
export function at(document: JsonValue | undefined, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const part of pointerParts(pointer)) {
    if (Array.isArray(value)) value = INDEX.test(part) ? (value as readonly JsonValue[])[Number(part)] : undefined;
    else if (typeof value === "object" && value !== null && Object.hasOwn(value, part))
      value = (value as Record<string, JsonValue>)[part];
    else return undefined;
  }
  return value;
}
