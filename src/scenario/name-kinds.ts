import { isJsonObject, type JsonValue } from "../matrix/json.js";

/** What a name in a scenario may stand for. */
export type NameKind = "seat" | "cast" | "bound";

const ANY: readonly NameKind[] = ["seat", "cast", "bound"];

/** Arguments that are names wherever they occur, unless the definition's schema says otherwise by `refers-to`. */
const BY_ARGUMENT: ReadonlyMap<string, readonly NameKind[]> = new Map<string, readonly NameKind[]>([
  ["as", ["cast"]],
  ["who", ["cast"]],
  ["of-user", ["cast"]],
  ["seen-by", ["cast"]],
  ["via", ["seat"]],
  ["of", ["seat"]],
  ["by", ["cast", "seat"]],
  ["to", ANY],
  ["from", ANY],
  ["room", ["bound"]],
  ["event", ANY],
  ["events", ["bound"]],
  ["prev", ["bound"]],
  ["redacts", ["bound"]],
  ["after", ["bound"]],
  ["until", ["bound"]],
]);

/**
 * What the values of an argument are names of; undefined when they are not names. A schema may carry
 * `refers-to: seat | cast | bound | name | nothing`, or several with a blank between.
 */
export function kindsOf(argument: string, schema: JsonValue | undefined): readonly NameKind[] | undefined {
  const note = isJsonObject(schema) ? schema["refers-to"] : undefined;
  if (typeof note !== "string") return BY_ARGUMENT.get(argument);
  if (note === "nothing") return undefined;
  if (note === "name") return ANY;
  return ANY.filter((kind) => note.split(" ").includes(kind));
}
