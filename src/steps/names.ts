import type { Binding, ScenarioInstance } from "../evidence/journal-entry.js";
import type { JsonValue } from "../matrix/json.js";

const REFERENCE = /\$\{([^}]+)\}/g;

/** Finds what a scenario's names stand for: bound names, members of the cast, seats. */
export interface Names {
  readonly instance: ScenarioInstance;
  binding(name: string): Binding | undefined;
}

/** The value that a name stands for on the wire: a room id, event id, user id, server name or bound text. Throws for unknown names. */
export function meaningOf(name: string, names: Names): string {
  const binding = names.binding(name);
  if (binding !== undefined) {
    const value =
      binding.roomId !== undefined && binding.kind === "room" ? binding.roomId : (binding.eventId ?? binding.value);
    if (typeof value !== "string") throw new Error(`${name} is a ${binding.kind}, which has no text`);
    return value;
  }
  const member = names.instance.cast[name];
  if (member !== undefined) return member.userId;
  const seat = names.instance.seats[name];
  if (seat !== undefined) return seat.serverName;
  if (name === "token") return names.instance.token;
  throw new Error(`\${${name}} stands for nothing: no binding, cast member or seat has that name`);
}

/** A text with each `${name}` replaced by what it stands for. */
export function resolveText(text: string, names: Names, encode: (value: string) => string = (value) => value): string {
  return text.replace(REFERENCE, (_whole, name: string) => encode(meaningOf(name, names)));
}

/** The same through every string of a JSON value, member names included. */
export function resolveNames<T extends JsonValue>(value: T, names: Names): T {
  if (typeof value === "string") return resolveText(value, names) as T;
  if (Array.isArray(value)) return value.map((item: JsonValue) => resolveNames(item, names)) as unknown as T;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, member]) => [
      resolveText(key, names),
      resolveNames(member as JsonValue, names),
    ]);
    return Object.fromEntries(entries) as T;
  }
  return value;
}
