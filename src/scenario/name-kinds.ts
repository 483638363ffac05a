import { isJsonObject, type JsonValue } from "../matrix/json.js";

/** What a name in a scenario may stand for. */
export type NameKind = "seat" | "cast" | "bound" | "behaviour";

const ANY: readonly NameKind[] = ["seat", "cast", "bound"];
const KINDS: readonly NameKind[] = [...ANY, "behaviour"];

/** Arguments that are names wherever they occur, unless the definition's schema says otherwise by `refers-to`. */
const BY_ARGUMENT: ReadonlyMap<string, readonly NameKind[]> = new Map<string, readonly NameKind[]>([
  ["as", ["cast"]],
  ["who", ["cast"]],
  ["of-user", ["cast"]],
  ["seen-by", ["cast"]],
  ["via", ["seat"]],
  ["of", ["cast"]],
  ["peer", ["seat"]],
  ["server", ["seat"]],
  ["between", ["seat"]],
  ["unknown", ["seat"]],
  ["template", ["bound"]],
  ["device", ["bound"]],
  ["without", ["bound"]],
  ["besides", ["bound"]],
  ["by", ["cast", "seat"]],
  ["to", ANY],
  ["from", ANY],
  ["room", ["bound"]],
  ["event", ["bound"]],
  ["events", ["bound"]],
  ["prev", ["bound"]],
  ["redacts", ["bound"]],
  ["after", ["bound"]],
  ["until", ["bound"]],
]);

/**
 * What the values of an argument are names of; undefined when they are not names. A schema may carry
 * `refers-to: seat | cast | bound | behaviour | name | nothing`, or several with a blank between.
 */
export function kindsOf(argument: string, schema: JsonValue | undefined): readonly NameKind[] | undefined {
  const note = isJsonObject(schema) ? schema["refers-to"] : undefined;
  if (typeof note !== "string") return BY_ARGUMENT.get(argument);
  if (note === "nothing") return undefined;
  if (note === "name") return ANY;
  return KINDS.filter((kind) => note.split(" ").includes(kind));
}
