import { hasLoneSurrogate, sortedByCodePoint } from "./code-points.js";
import { type JsonMembers, type JsonValue, pointerPart } from "./json.js";

export { type JsonRemark, type ParsedJson, parseJson, remarksUnder } from "./parse-json.js";

type Encodable = JsonValue | JsonMembers;

export type NonCanonicalReason = "non-finite" | "float" | "integer-out-of-range" | "lone-surrogate";

/** Where a value has no canonical form: `path` is a JSON pointer, "" for the value itself. */
export interface NonCanonicalPlace {
  readonly path: string;
  readonly reason: NonCanonicalReason;
}

/** A value without a canonical form. */
export class CanonicalJsonError extends Error {
  constructor(
    readonly code: NonCanonicalReason,
    readonly path: string,
  ) {
    super(`no canonical JSON: ${code} at ${path === "" ? "the top" : path}`);
    this.name = "CanonicalJsonError";
  }
}

export interface CanonicalJsonOptions {
  /** Encodes what room versions 1 to 5 let through: floats, large integers, lone surrogates (rooms/v1#canonical-json). */
  readonly lenient?: boolean;
}

const encoder = new TextEncoder();

/**
 * The canonical form (appendices#canonical-json); undefined members are absent, negative zero is zero.
 * Throws `CanonicalJsonError` for what has none.
 */
export function canonicalJson(value: Encodable, options: CanonicalJsonOptions = {}): string {
  const place = findPlace(value, options.lenient === true ? lenientReason : strictReason);
  if (place !== undefined) throw new CanonicalJsonError(place.reason, place.path);
  return encode(value);
}

/** `canonicalJson` in UTF-8. */
export function canonicalJsonBytes(value: Encodable, options: CanonicalJsonOptions = {}): Uint8Array {
  return encoder.encode(canonicalJson(value, options));
}

/**
 * The first place that room versions with strict canonical JSON refuse.
 * Works on the parsed value: `1.0`, `1e2` and `-0` are equal to integers by then, and only `parseJson` can tell.
 */
export function nonCanonicalPlace(value: Encodable): NonCanonicalPlace | undefined {
  return findPlace(value, strictReason);
}

type ReasonOf = (scalar: number | string) => NonCanonicalReason | undefined;

function strictReason(scalar: number | string): NonCanonicalReason | undefined {
  if (typeof scalar === "string") return hasLoneSurrogate(scalar) ? "lone-surrogate" : undefined;
  if (Number.isSafeInteger(scalar)) return undefined;
  if (!Number.isFinite(scalar)) return "non-finite";
  return Number.isInteger(scalar) ? "integer-out-of-range" : "float";
}

function lenientReason(scalar: number | string): NonCanonicalReason | undefined {
  return typeof scalar === "number" && !Number.isFinite(scalar) ? "non-finite" : undefined;
}

/** The pointer is put together on the way back: nearly every value is sound, and then needs none. */
function findPlace(value: Encodable | undefined, reasonOf: ReasonOf): NonCanonicalPlace | undefined {
  if (typeof value === "number" || typeof value === "string") {
    const reason = reasonOf(value);
    return reason === undefined ? undefined : { path: "", reason };
  }
  if (typeof value !== "object" || value === null) return undefined;
  return isArray(value) ? placeInArray(value, reasonOf) : placeInObject(value, reasonOf);
}

function placeInArray(items: readonly JsonValue[], reasonOf: ReasonOf): NonCanonicalPlace | undefined {
  for (const [at, item] of items.entries()) {
    const place = findPlace(item, reasonOf);
    if (place !== undefined) return below(at, place);
  }
  return undefined;
}

function placeInObject(object: JsonMembers, reasonOf: ReasonOf): NonCanonicalPlace | undefined {
  for (const key of Object.keys(object)) {
    const reason = reasonOf(key);
    const place = reason === undefined ? findPlace(object[key], reasonOf) : { path: "", reason };
    if (place !== undefined) return below(key, place);
  }
  return undefined;
}

function below(key: string | number, { path, reason }: NonCanonicalPlace): NonCanonicalPlace {
  return { path: `${pointerPart(key)}${path}`, reason };
}

function encode(value: Encodable): string {
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(encode).join(",")}]`;
  return encodeObject(value);
}

function encodeObject(object: JsonMembers): string {
  const members: string[] = [];
  for (const key of sortedByCodePoint(Object.keys(object))) {
    const value = object[key];
    if (value !== undefined) members.push(`${JSON.stringify(key)}:${encode(value)}`);
  }
  return `{${members.join(",")}}`;
}

function encodeNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value + 0);
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

function isArray(value: Encodable): value is readonly JsonValue[] {
  return Array.isArray(value);
}
