/** A value that JSON can carry. Numbers are JavaScript numbers; whether they may appear on the wire is canonical JSON's business. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** An object whose undefined members count as absent: what a `Pdu` and a `JsonObject` have in common. */
export interface JsonMembers {
  readonly [key: string]: JsonValue | undefined;
}

/** True for a JSON object; false for null, arrays and scalars. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The items of a list; none for anything else. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

/** Those items of a list that are objects; none for anything else. */
export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return listOf(value).filter(isJsonObject);
}

/** An object as it is; an empty one for anything else. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The object without the named members and without undefined ones. */
export function omit(object: JsonMembers, ...keys: readonly string[]): JsonObject {
  const kept: [string, JsonValue][] = [];
  for (const [key, value] of Object.entries(object)) {
    if (value !== undefined && !keys.includes(key)) kept.push([key, value]);
  }
  return Object.fromEntries(kept);
}

/** An own member; never something inherited, whatever the key is called. */
export function member(object: JsonMembers, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** One step of a JSON pointer (RFC 6901), slash included. */
export function pointerPart(key: string | number): string {
  return `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The keys that a JSON pointer (RFC 6901) leads through, from the whole document down; none for the empty one. */
export function pointerParts(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
