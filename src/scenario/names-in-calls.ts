import { isJsonObject, type JsonObject, type JsonValue, objectOf } from "../matrix/json.js";
import { nearest } from "../schema/nearest.js";
import type { Place, Problem } from "../schema/problem.js";
import type { Path, Source } from "../schema/source.js";
import { boundBy } from "./bound-names.js";
import type { Catalogue, CatalogueEntry, Scenario } from "./model.js";
import { kindsOf, type NameKind } from "./name-kinds.js";
import { suggestion } from "./validate.js";
import { isName, ROOM_VERSION, reference, referencesIn } from "./variables.js";

type Names = ReadonlyMap<string, NameKind>;

/** Names in the arguments of steps and expectations that stand for nothing, or for nothing yet. */
export function nameProblems(scenario: Scenario, source: Source, catalogue: Catalogue): Problem[] {
  const names = new Map<string, NameKind>();
  for (const seat of Object.keys(scenario.seats)) names.set(seat, "seat");
  for (const member of Object.keys(scenario.cast)) names.set(member, "cast");
  const later = namesBoundAnywhere(scenario, catalogue);
  const reader: Reader = { catalogue, scenario, source, names, later };
  const problems: Problem[] = [];
  for (const key of ["given", "steps"] as const) {
    for (const [index, call] of scenario[key].entries()) {
      const step = catalogue.steps.get(call.do);
      const bound = boundBy(call.arguments, step);
      problems.push(...clashes(bound, call.arguments, step, [key, index], reader));
      const within = new Map([...names, ...bound.map((name) => [name, "bound"] as const)]);
      problems.push(...inArguments(call.arguments, step, [key, index], { ...reader, names: within }));
      for (const name of bound) names.set(name, "bound");
      for (const [at, expectation] of call.expect.entries()) {
        const check = catalogue.checks.get(expectation.check);
        problems.push(...inArguments(expectation.arguments, check, [key, index, "expect", at], reader));
      }
    }
  }
  return problems;
}

interface Reader {
  readonly catalogue: Catalogue;
  readonly scenario: Scenario;
  readonly source: Source;
  /** What is known at this point of the scenario. */
  readonly names: Names;
  readonly later: ReadonlySet<string>;
}

function namesBoundAnywhere({ given, steps }: Scenario, catalogue: Catalogue): Set<string> {
  return new Set([...given, ...steps].flatMap((call) => boundBy(call.arguments, catalogue.steps.get(call.do))));
}

function clashes(
  bound: readonly string[],
  args: JsonObject,
  step: CatalogueEntry | undefined,
  path: Path,
  reader: Reader,
): Problem[] {
  return bound.flatMap((name) => {
    const kind = reader.names.get(name);
    if (kind === undefined) return [];
    const argument = step?.binds?.find((each) => args[each] === name || isJsonObject(args[each])) ?? "do";
    const place = reader.source.placeOf([...path, argument]);
    const what = kind === "bound" ? "bound already" : kind === "seat" ? "a seat already" : "one of the cast already";
    return [{ place, message: `\`${name}\` is ${what}` }];
  });
}

function inArguments(args: JsonObject, entry: CatalogueEntry | undefined, path: Path, reader: Reader): Problem[] {
  const binds = new Set(entry?.binds ?? []);
  return Object.entries(args).flatMap(([key, value]) => {
    const schema = isJsonObject(entry?.input.properties) ? entry.input.properties[key] : undefined;
    const isBinding = binds.has(key) && typeof value === "string";
    return isBinding ? [] : inValue(value, { key, schema, path: [...path, key] }, reader);
  });
}

interface Spot {
  /** The name of the argument that the value is, or is an item of. */
  readonly key: string;
  readonly schema: JsonValue | undefined;
  readonly path: Path;
}

function inValue(value: JsonValue, spot: Spot, reader: Reader): Problem[] {
  if (typeof value === "string")
    return [...inText(value, reader.source.placeOf(spot.path), reader), ...asName(value, spot, reader)];
  const schema = isJsonObject(spot.schema) ? spot.schema : {};
  if (Array.isArray(value)) {
    return value.flatMap((item: JsonValue, index) =>
      inValue(
        item,
        { key: spot.key, schema: { ...withoutKeys(schema), ...objectOf(schema.items) }, path: [...spot.path, index] },
        reader,
      ),
    );
  }
  if (!isJsonObject(value)) return [];
  const properties = objectOf(schema.properties);
  return Object.entries(value).flatMap(([key, member]) => {
    const path = [...spot.path, key];
    return [
      ...inText(key, reader.source.placeOfKey(path), reader),
      ...inValue(member, { key, schema: properties[key] ?? patternOf(schema), path }, reader),
    ];
  });
}

/** An array's own note on what its items refer to holds unless the items say otherwise. */
function withoutKeys(schema: JsonObject): JsonObject {
  const refers = schema["refers-to"];
  return refers === undefined ? {} : { "refers-to": refers };
}

function patternOf(schema: JsonObject): JsonValue | undefined {
  return Object.values(objectOf(schema.patternProperties))[0];
}

/** `${name}` must name something that stands by now. */
function inText(text: string, place: Place, reader: Reader): Problem[] {
  return referencesIn(text).flatMap((name) => {
    if (!isName(name)) return [{ place, message: `\`${reference(name)}\` is no name: references know no operators` }];
    if (name === ROOM_VERSION) {
      const pinned = reader.scenario.roomVersions !== undefined;
      return pinned ? [] : [{ place, message: `\`${reference(name)}\` needs \`matrix: { room_version: [...] }\`` }];
    }
    return name === "token" || reader.names.has(name) ? [] : [unknown(name, "nothing", place, reader)];
  });
}

/** An argument that is a name as a whole, such as `as: june`. */
function asName(text: string, { key, schema, path }: Spot, reader: Reader): Problem[] {
  const kinds = kindsOf(key, schema);
  if (kinds === undefined || !isName(text)) return [];
  if (kinds.includes("behaviour")) return asBehaviour(text, path, reader);
  const known = reader.names.get(text);
  const place = reader.source.placeOf(path);
  if (known === undefined) return [unknown(text, missing(kinds), place, reader, kinds)];
  return kinds.includes(known)
    ? []
    : [{ place, message: `\`${key}\` wants ${wanted(kinds)}; \`${text}\` is ${isA(known)}` }];
}

function asBehaviour(text: string, path: Path, { catalogue, source }: Reader): Problem[] {
  if (catalogue.behaviours.has(text)) return [];
  const near = suggestion(nearest(text, catalogue.behaviours.keys()));
  return [{ place: source.placeOf(path), message: `unknown behaviour \`${text}\``, ...near }];
}

function unknown(name: string, what: string, place: Place, reader: Reader, kinds?: readonly NameKind[]): Problem {
  if (reader.later.has(name))
    return { place, message: `\`${name}\` is not bound yet: the step that binds it comes later` };
  const candidates = [...reader.names]
    .filter(([, kind]) => kinds === undefined || kinds.includes(kind))
    .map(([each]) => each);
  return { place, message: `${what} is called \`${name}\``, ...suggestion(nearest(name, candidates)) };
}

const MISSING: Readonly<Record<NameKind, string>> = {
  seat: "no seat",
  cast: "nobody of the cast",
  bound: "nothing bound",
  behaviour: "no behaviour",
};
const WANTED: Readonly<Record<NameKind, string>> = {
  seat: "a seat",
  cast: "one of the cast",
  bound: "a bound name",
  behaviour: "a behaviour",
};

function missing(kinds: readonly NameKind[]): string {
  const [only] = kinds;
  return kinds.length === 1 && only !== undefined ? MISSING[only] : "nothing";
}

function wanted(kinds: readonly NameKind[]): string {
  return kinds.map((kind) => WANTED[kind]).join(" or ");
}

function isA(kind: NameKind): string {
  return kind === "bound" ? "bound to something else" : WANTED[kind];
}
