import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import { ROOM_VERSIONS } from "../matrix/room-versions.js";
import { nearest } from "../schema/nearest.js";
import type { Problem } from "../schema/problem.js";
import { nameOfPath, type Path, pathOfPointer, type Source } from "../schema/source.js";
import { compileValidator, type SchemaProblem, type Validator } from "../schema/validator.js";
import type { Catalogue } from "./model.js";
import { scenarioSchema } from "./schema.js";
import { substitute } from "./variables.js";

const validators = new WeakMap<Catalogue, Validator>();

/** What the schema finds wrong with a scenario file, in the order of the file. */
export function schemaProblems(source: Source, catalogue: Catalogue): Problem[] {
  let validate = validators.get(catalogue);
  if (validate === undefined) {
    validate = compileValidator(scenarioSchema(catalogue));
    validators.set(catalogue, validate);
  }
  const value = substitute(source.value, { roomVersion: firstVersion(source.value) });
  return withoutEchoes(validate(value))
    .map((problem) => toProblem(problem, source, catalogue))
    .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
}

/** Schemas of arguments are to see a room version, not the reference to it; whether one is pinned is not their business. */
function firstVersion(value: JsonValue): string {
  const matrix = isJsonObject(value) && isJsonObject(value.matrix) ? value.matrix : {};
  const [first] = Array.isArray(matrix.room_version) ? matrix.room_version : [];
  return typeof first === "string" ? first : (ROOM_VERSIONS.at(-1) ?? "");
}

/** Leaves out what another problem at the same place says better. */
function withoutEchoes(problems: readonly SchemaProblem[]): SchemaProblem[] {
  const tagless = new Set(problems.filter(({ keyword }) => keyword === "discriminator").map(({ path }) => path));
  return problems.filter(
    ({ keyword, path, params, schemaPath }) =>
      keyword !== "if" &&
      !schemaPath.includes("/propertyNames/") &&
      !(keyword === "required" && tagless.has(path) && KINDS[String(params.missingProperty)] !== undefined),
  );
}

function toProblem(problem: SchemaProblem, source: Source, catalogue: Catalogue): Problem {
  const path = pathOfPointer(problem.path);
  switch (problem.keyword) {
    case "discriminator":
      return tagProblem(problem.params, path, source, catalogue);
    case "additionalProperties":
      return surplus(problem.params, path, source);
    case "propertyNames":
      return {
        place: source.placeOfKey([...path, String(problem.params.propertyName)]),
        message: `\`${String(problem.params.propertyName)}\` cannot be a name: lower-case letters, digits, - and _ make one`,
      };
    case "oneOf":
      if (!problem.schemaPath.startsWith("#/$defs/level")) break;
      return { place: source.placeOf(path), message: "an expectation has exactly one of `must`, `should`, `may`" };
    case "required":
      return {
        place: source.placeOf(path),
        message: `${called(path, source, catalogue)} needs \`${String(problem.params.missingProperty)}\``,
      };
  }
  return {
    place: source.placeOf(path),
    message: `${nameOfPath(path, "the scenario")} ${problem.message}`,
    ...enumHint(problem, path, source),
  };
}

const KINDS: Readonly<Record<string, "step" | "check" | "behaviour">> = {
  do: "step",
  check: "check",
  name: "behaviour",
};

function tagProblem(params: JsonObject, path: Path, source: Source, catalogue: Catalogue): Problem {
  const tag = String(params.tag);
  const kind = KINDS[tag] ?? "step";
  const value = params.tagValue;
  if (typeof value !== "string") {
    return { place: source.placeOf(path), message: `a ${kind} needs \`${tag}\`, the name of a ${kind}` };
  }
  const known = { step: catalogue.steps, check: catalogue.checks, behaviour: catalogue.behaviours }[kind];
  return {
    place: source.placeOf([...path, tag]),
    message: `unknown ${kind} \`${value}\``,
    ...suggestion(nearest(value, known.keys())),
  };
}

function surplus(params: JsonObject, path: Path, source: Source): Problem {
  const property = String(params.additionalProperty);
  const known = Array.isArray(params.known) ? params.known.map(String) : [];
  return {
    place: source.placeOfKey([...path, property]),
    message: `${nameOfPath(path, "the scenario")} does not know \`${property}\``,
    ...suggestion(nearest(property, known)),
  };
}

function enumHint(problem: SchemaProblem, path: Path, source: Source): { suggestion?: string } {
  const allowed = problem.params.allowedValues;
  const value = valueAt(source.value, path);
  if (!Array.isArray(allowed) || typeof value !== "string") return {};
  return suggestion(nearest(value, allowed.map(String)));
}

export function suggestion(text: string | undefined): { suggestion?: string } {
  return text === undefined ? {} : { suggestion: text };
}

/** What the author calls the thing at a path: the step or check it is a call of, or its key. */
function called(path: Path, source: Source, catalogue: Catalogue): string {
  const value = valueAt(source.value, path);
  if (!isJsonObject(value)) return nameOfPath(path, "the scenario");
  if (typeof value.do === "string" && catalogue.steps.has(value.do)) return `\`${value.do}\``;
  if (typeof value.check === "string" && catalogue.checks.has(value.check)) return `\`${value.check}\``;
  return nameOfPath(path, "the scenario");
}

function valueAt(value: JsonValue, path: Path): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const step of path) {
    if (Array.isArray(at)) at = at[Number(step)];
    else at = isJsonObject(at) ? at[step] : undefined;
  }
  return at;
}
