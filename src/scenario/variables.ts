import { isJsonObject, type JsonValue } from "../matrix/json.js";

const REFERENCE = /\$\{([^}]*)\}/gu;
const NAME = /^[a-z][a-z0-9_-]*$/u;

/** The one name that the scenario layer fills in itself. */
export const ROOM_VERSION = "room_version";

/** A reference to a name, as scenarios write it. */
export function reference(name: string): string {
  return `\${${name}}`;
}

/** Fills in `${room_version}` throughout a value. Other references stay: steps resolve them when the names are bound. */
export function substitute<T extends JsonValue>(value: T, instance: { readonly roomVersion?: string }): T {
  const { roomVersion } = instance;
  if (roomVersion === undefined) return value;
  return mapTexts(value, (text) => text.replaceAll(reference(ROOM_VERSION), roomVersion)) as T;
}

/** What stands between `${` and `}` in a text, in order. */
export function referencesIn(text: string): string[] {
  return [...text.matchAll(REFERENCE)].map((match) => match[1] ?? "");
}

/** True for a plain name: references know no operators. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

function mapTexts(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => mapTexts(item, change));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [change(key), mapTexts(member, change)]));
}
