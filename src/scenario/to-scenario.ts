import type { Impact, Level } from "../evidence/verdict.js";
import { type JsonObject, type JsonValue, listOf, objectOf } from "../matrix/json.js";
import { milliseconds } from "../schema/durations.js";
import type { Source } from "../schema/source.js";
import type { CastMember, Catalogue, ExpectationCall, PeerNaming, Scenario, Seat, StepCall } from "./model.js";

const LEVELS: readonly Level[] = ["must", "should", "may"];
const DEFAULT_DEADLINE = "30s";

/** The scenario that a file describes, defaults filled in. The file must already conform to the schema. */
export function toScenario(source: Source, catalogue: Catalogue): Scenario {
  const value = objectOf(source.value);
  const versions = objectOf(value.matrix).room_version;
  return {
    id: textOf(value.id),
    file: source.file,
    title: textOf(value.title),
    purpose: textOf(value.purpose).trim(),
    covers: listOf(value.covers).map(textOf),
    ...(versions === undefined ? {} : { roomVersions: listOf(versions).map(textOf) }),
    preset: value.preset === "as-shipped" ? "as-shipped" : "testing",
    exclusive: value.exclusive === true,
    deadlineMs: milliseconds(textOf(value.deadline ?? DEFAULT_DEADLINE)),
    seats: mapObject(value.seats, toSeat),
    cast: mapObject(value.cast, toCastMember),
    given: toCalls("given", source, value.given, catalogue),
    steps: toCalls("steps", source, value.steps, catalogue),
    detects: listOf(value.detects).map(textOf),
  };
}

function toSeat(value: JsonObject): Seat {
  return {
    kind: value.kind === "peer" ? "peer" : "target",
    allows: listOf(value.allows).map(textOf),
    behaviours: listOf(value.behaviours).map(objectOf),
    ...(value.named === undefined ? {} : { named: textOf(value.named) as PeerNaming }),
  };
}

function toCastMember({ at, ...settings }: JsonObject): CastMember {
  return { at: textOf(at), settings: settings as JsonObject };
}

function toCalls(
  key: "given" | "steps",
  source: Source,
  value: JsonValue | undefined,
  catalogue: Catalogue,
): StepCall[] {
  return listOf(value).map((item, index) => {
    const call = objectOf(item);
    const { do: verb, id, title, expect, ...rest } = call;
    const path = [key, index];
    const byPosition = `${key === "given" ? "given" : "step"}-${index + 1}`;
    return {
      id: typeof id === "string" ? id : byPosition,
      ...(typeof title === "string" ? { title } : {}),
      do: textOf(verb),
      arguments: { ...rest, ...ownWords(call, catalogue.steps.get(textOf(verb))?.input) } as JsonObject,
      expect: listOf(expect).map((each, at) => toExpectation(source, [...path, "expect", at], objectOf(each))),
      place: source.placeOf(path),
    };
  });
}

/** `id` and `title` are the step's own arguments too where its definition asks for them: a room's step is called like the room. */
function ownWords(call: JsonObject, input: JsonObject | undefined): JsonObject {
  const properties = objectOf(input?.properties);
  const words = ["id", "title"].filter((word) => properties[word] !== undefined && call[word] !== undefined);
  return Object.fromEntries(words.map((word) => [word, call[word] as JsonValue]));
}

function toExpectation(source: Source, path: readonly (string | number)[], value: JsonObject): ExpectationCall {
  const { check, of, impact, must, should, may, ...rest } = value;
  const levels = { must, should, may };
  const level = LEVELS.find((word) => levels[word] !== undefined) ?? "must";
  return {
    check: textOf(check),
    arguments: rest as JsonObject,
    level,
    requirement: textOf(levels[level]),
    of: textOf(of),
    impact: (impact ?? "unknown") as Impact,
    place: source.placeOf(path),
  };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function mapObject<T>(value: JsonValue | undefined, convert: (member: JsonObject) => T): { readonly [key: string]: T } {
  return Object.fromEntries(Object.entries(objectOf(value)).map(([key, member]) => [key, convert(objectOf(member))]));
}
