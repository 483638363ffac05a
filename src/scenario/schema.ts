import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import { ROOM_VERSIONS } from "../matrix/room-versions.js";
import type { Catalogue, CatalogueEntry } from "./model.js";

/** A name that a scenario gives to a seat, a member of the cast or something bound. */
const NAME_PATTERN = "^[a-z][a-z0-9_-]*$";
const DURATION_PATTERN = "^[1-9][0-9]*(ms|s|m)$";
const REQUIREMENT_PATTERN = "^[A-Z]+(-[A-Z0-9]+)*-[0-9]{3}$";

const text: JsonObject = { type: "string", minLength: 1 };
const name: JsonObject = { type: "string", pattern: NAME_PATTERN };

/** The JSON Schema of scenario files, made of the definitions of steps, checks and behaviours. */
export function scenarioSchema(catalogue: Catalogue): JsonObject {
  const calls = { type: "array", items: { $ref: "#/$defs/step" } };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A scenario of Concordat",
    type: "object",
    additionalProperties: false,
    required: ["id", "title", "purpose", "covers", "seats", "steps", "detects"],
    properties: {
      id: {
        ...text,
        description: "<area>/<name>: the file's place below scenarios/.",
        pattern: "^[a-z0-9-]+(/[a-z0-9-]+)+$",
      },
      title: { ...text, description: "What must be true, in one line." },
      purpose: { ...text, description: "Why it matters to people, in a few lines." },
      covers: { ...list({ $ref: "#/$defs/requirement" }), description: "Requirements that the expectations speak of." },
      matrix: {
        type: "object",
        additionalProperties: false,
        required: ["room_version"],
        properties: { room_version: list({ enum: [...ROOM_VERSIONS] }) },
      },
      preset: { enum: ["testing", "as-shipped"], description: "Settings of the servers; `testing` unless said." },
      exclusive: { type: "boolean", description: "The scenario must have its servers for itself." },
      deadline: { type: "string", pattern: DURATION_PATTERN, description: "For the whole scenario; 30s unless said." },
      seats: { ...named({ $ref: "#/$defs/seat" }), minProperties: 1 },
      cast: named({
        type: "object",
        required: ["at"],
        properties: { at: { ...name, description: "The seat of the user's server." } },
      }),
      given: { ...calls, description: "Steps that build the situation." },
      steps: { ...calls, minItems: 1 },
      detects: {
        type: "array",
        items: text,
        uniqueItems: true,
        description: "Defects of the embedded homeserver that must turn it red.",
      },
    },
    $defs: definitions(catalogue),
  };
}

function definitions(catalogue: Catalogue): JsonObject {
  const deviations = [...catalogue.behaviours.values()];
  const steps = [...catalogue.steps.values()].map(
    (entry) => [`step-${entry.name}`, withDeviations(stepSchema(entry), entry, deviations)] as const,
  );
  const checks = [...catalogue.checks.values()].map((entry) => [`check-${entry.name}`, checkSchema(entry)] as const);
  const behaviours = [...catalogue.behaviours.values()].map(
    (entry) => [`behaviour-${entry.name}`, callSchema("name", entry, {})] as const,
  );
  return {
    requirement: { type: "string", pattern: REQUIREMENT_PATTERN },
    level: { type: "object", oneOf: ["must", "should", "may"].map((word) => ({ required: [word] })) },
    seat: {
      type: "object",
      additionalProperties: false,
      required: ["kind"],
      properties: {
        kind: { enum: ["target", "peer"] },
        allows: { type: "array", items: { enum: [...catalogue.endpointGroups] }, uniqueItems: true },
        named: {
          enum: ["portless", "with-port", "address"],
          description:
            "What its name is, where that matters: a host name alone, for which others must look; a host name and a port; an address.",
        },
        behaviours: { type: "array", items: oneOfCalls("name", behaviours) },
      },
    },
    step: oneOfCalls("do", steps),
    expectation: oneOfCalls("check", checks),
    ...Object.fromEntries([...steps, ...checks, ...behaviours]),
  };
}

function oneOfCalls(tag: string, definitions: readonly (readonly [string, JsonObject])[]): JsonObject {
  const base: JsonObject = { type: "object", required: [tag] };
  if (definitions.length === 0) return base;
  return {
    ...base,
    discriminator: { propertyName: tag },
    oneOf: definitions.map(([definition]) => ({ $ref: `#/$defs/${definition}` })),
  };
}

function stepSchema(entry: CatalogueEntry): JsonObject {
  return callSchema("do", entry, {
    id: name,
    title: text,
    expect: { type: "array", items: { $ref: "#/$defs/expectation" } },
  });
}

/** Where a step names a behaviour and gives its arguments as `with`: they are to fit the one that is named. */
function withDeviations(
  schema: JsonObject,
  { input }: CatalogueEntry,
  deviations: readonly CatalogueEntry[],
): JsonObject {
  const properties = isJsonObject(input.properties) ? Object.entries(input.properties) : [];
  const [naming] = properties.find(([, own]) => isJsonObject(own) && own["refers-to"] === "behaviour") ?? [];
  if (naming === undefined || !properties.some(([own]) => own === "with")) return schema;
  const rules = deviations.map((deviation) => ({
    if: { type: "object", required: [naming], properties: { [naming]: { const: deviation.name } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: {
      type: "object",
      properties: { with: { ...(withoutNotes(deviation.input) as JsonObject), additionalProperties: false } },
      ...(arrayOf(deviation.input.required).length > 0 ? { required: ["with"] } : {}),
    },
  }));
  return { ...schema, allOf: [...arrayOf(schema.allOf), ...rules] };
}

function checkSchema(entry: CatalogueEntry): JsonObject {
  const requirement = { $ref: "#/$defs/requirement" };
  const schema = callSchema(
    "check",
    entry,
    {
      must: requirement,
      should: requirement,
      may: requirement,
      of: { ...name, description: "The seat that owes it." },
      impact: { enum: ["blocks", "degrades", "none", "unknown"] },
    },
    ["of"],
  );
  return { ...schema, allOf: [...arrayOf(schema.allOf), { $ref: "#/$defs/level" }] };
}

/** The schema of a call: the definition's own arguments beside the language's words, and nothing else. */
function callSchema(
  tag: string,
  { name: called, summary, input }: CatalogueEntry,
  words: JsonObject,
  required: readonly string[] = [],
): JsonObject {
  const own = withoutNotes(input) as JsonObject;
  const properties = isJsonObject(own.properties) ? own.properties : {};
  return {
    ...own,
    type: "object",
    description: summary,
    additionalProperties: false,
    properties: { [tag]: { const: called }, ...words, ...properties },
    required: [...new Set([tag, ...required, ...arrayOf(own.required)])],
  };
}

/** Without `refers-to`, which is this project's note to its own lint and no keyword of JSON Schema. */
function withoutNotes(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map((item: JsonValue) => withoutNotes(item));
  if (!isJsonObject(schema)) return schema;
  const kept = Object.entries(schema).filter(([key, value]) => key !== "refers-to" || typeof value !== "string");
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutNotes(value)]));
}

function arrayOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function list(items: JsonObject): JsonObject {
  return { type: "array", items, minItems: 1, uniqueItems: true };
}

function named(value: JsonObject): JsonObject {
  return { type: "object", propertyNames: { pattern: NAME_PATTERN }, additionalProperties: value };
}
