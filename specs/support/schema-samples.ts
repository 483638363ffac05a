import { expect } from "chai";
import type { JsonObject, JsonValue } from "../../src/matrix/json.js";
import { compileSchema } from "../../src/schema/schema-files.js";
import { problemLines } from "../../src/schema/validator.js";

/** A schema with a value that fits, and where that value can be spoilt. Places are JSON pointers. */
export interface SchemaSample {
  readonly schema: string;
  readonly good: JsonValue;
  /** Taking one of these away must be noticed; so must another type. */
  readonly required?: readonly string[];
  /** Optional members: they may go, and another type must be noticed. */
  readonly optional?: readonly string[];
  readonly bad?: readonly (readonly [why: string, place: string, value: JsonValue])[];
  readonly alsoGood?: readonly (readonly [why: string, place: string, value: JsonValue])[];
}

/** One test for each way in which a sample is right or wrong. */
export function describeSchemas(title: string, samples: readonly SchemaSample[]): void {
  describe(title, () => {
    for (const sample of samples) describe(sample.schema, () => describeSample(sample));
  });
}

function describeSample({ schema, good, required = [], optional = [], bad = [], alsoGood = [] }: SchemaSample): void {
  const problems = (value: JsonValue) => problemLines(compileSchema(`wire/${schema}`)(value));
  it("takes a right value, with unknown keys", () => {
    expect(problems(good)).to.deep.equal([]);
    if (isObject(good)) expect(problems({ ...good, "test.unknown": {} })).to.deep.equal([]);
  });
  it("refuses another type", () => expect(problems(mistyped(good))).not.to.be.empty);
  for (const place of required) it(`needs ${place}`, () => expect(problems(without(good, place))).not.to.be.empty);
  for (const place of optional) it(`does without ${place}`, () => expect(problems(without(good, place))).to.be.empty);
  for (const place of [...required, ...optional]) {
    it(`refuses another type at ${place}`, () => {
      expect(problems(changed(good, place, mistyped(at(good, place))))).not.to.be.empty;
    });
  }
  for (const [why, place, value] of bad)
    it(`refuses ${why}`, () => expect(problems(changed(good, place, value))).not.to.be.empty);
  for (const [why, place, value] of alsoGood)
    it(`takes ${why}`, () => expect(problems(changed(good, place, value))).to.deep.equal([]));
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function mistyped(value: JsonValue | undefined): JsonValue {
  if (typeof value === "string") return 7;
  if (typeof value === "number") return "7";
  return typeof value === "boolean" ? "yes" : "not this";
}

const stepsOf = (place: string): readonly string[] =>
  place
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/"));

function at(value: JsonValue, place: string): JsonValue | undefined {
  return stepsOf(place).reduce<JsonValue | undefined>(
    (inner, step) => (inner === undefined || inner === null ? undefined : (inner as JsonObject)[step]),
    value,
  );
}

/** A copy with another value at a place; undefined takes the member away. Throws when the place is not there to be taken. */
export function changed(value: JsonValue, place: string, to: JsonValue | undefined): JsonValue {
  if (place === "") return to ?? null;
  const copy = structuredClone(value) as JsonValue;
  const steps = stepsOf(place);
  const last = steps.at(-1) ?? "";
  const parent = at(copy, `/${steps.slice(0, -1).join("/")}`.replace(/^\/$/, "")) as
    | { [key: string]: JsonValue }
    | undefined;
  if (parent === undefined) throw new Error(`the sample has nothing at ${place}`);
  if (to === undefined) {
    if (!Object.hasOwn(parent, last)) throw new Error(`the sample has nothing at ${place}`);
    delete parent[last];
  } else parent[last] = to;
  return copy;
}

function without(value: JsonValue, place: string): JsonValue {
  return changed(value, place, undefined);
}
