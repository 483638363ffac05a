import { Ajv2020, type AnySchemaObject, type ErrorObject, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import formatsPlugin from "ajv-formats";
import { isJsonObject, type JsonObject } from "../matrix/json.js";

/** One thing wrong with a value. */
export interface SchemaProblem {
  /** JSON pointer to the offending value; empty for the value as a whole. */
  readonly path: string;
  /** `must be integer`, `must not have the property "x"` … */
  readonly message: string;
  readonly keyword: string;
  /** As ajv gives them; `known` lists the names that were possible instead of an additional property. */
  readonly params: JsonObject;
  /** Where in the schema the failed demand stands. */
  readonly schemaPath: string;
}

/** A compiled schema: an empty list when the value conforms. */
export type Validator = (value: unknown) => readonly SchemaProblem[];

export interface ValidatorOptions {
  /** Report everything that is wrong (default), or stop at the first problem. */
  readonly allErrors?: boolean;
}

/** A JSON Schema 2020-12 compiler: strict about its schemas, with formats and `discriminator`. */
export function createAjv(options: ValidatorOptions & Pick<Options, "logger"> = {}): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: options.allErrors ?? true,
    strict: true,
    // `required` may name properties that stand in a sibling subschema, and unions of scalar types read well.
    strictRequired: false,
    allowUnionTypes: true,
    discriminator: true,
    verbose: true,
    // A schema is compiled by every process that needs it, and looks at a few hundred values: shorter code does not pay for the making.
    code: { optimize: false },
    logger: options.logger ?? false,
  });
  formatsPlugin.default(ajv);
  return ajv;
}

/** Compiles a schema given as a value. Throws when the schema itself is wrong. */
export function compileValidator(schema: AnySchemaObject, options: ValidatorOptions = {}): Validator {
  return validatorOf(createAjv(options).compile(schema));
}

/** Wraps a compiled function of ajv. */
export function validatorOf(validate: ValidateFunction): Validator {
  return (value) => (validate(value) ? [] : foldUnions((validate.errors ?? []).map(toProblem)));
}

/** One readable line for each problem: `/pdus/0/depth must be integer`. */
export function problemLines(problems: readonly SchemaProblem[]): string[] {
  return problems.map(({ path, message }) => `${path === "" ? "(the whole)" : path} ${message}`);
}

function toProblem(error: ErrorObject): SchemaProblem {
  return {
    path: error.instancePath,
    message: messageOf(error),
    keyword: error.keyword,
    params: { ...(error.params as JsonObject), ...knownNames(error) },
    schemaPath: error.schemaPath,
  };
}

function knownNames({ keyword, parentSchema }: ErrorObject): JsonObject {
  const properties: unknown = parentSchema?.properties;
  return keyword === "additionalProperties" && isJsonObject(properties) ? { known: Object.keys(properties) } : {};
}

/** A value that fits no member of a union failed every member: those failures become one problem. */
function foldUnions(problems: readonly SchemaProblem[]): SchemaProblem[] {
  const unions = problems.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf");
  const inside = (union: SchemaProblem, problem: SchemaProblem) =>
    problem.schemaPath.startsWith(`${union.schemaPath}/`);
  return problems
    .filter((problem) => !unions.some((union) => inside(union, problem)))
    .map((problem) =>
      unions.includes(problem)
        ? {
            ...problem,
            message: unionMessage(
              problem,
              problems.filter((other) => inside(problem, other)),
            ),
          }
        : problem,
    );
}

function unionMessage(union: SchemaProblem, members: readonly SchemaProblem[]): string {
  if (members.length === 0) return union.message;
  const constants = members.filter(({ keyword, path }) => keyword === "const" && path === union.path);
  if (constants.length === members.length) {
    return `must be one of ${constants.map(({ params }) => JSON.stringify(params.allowedValue)).join(", ")}`;
  }
  const texts = members.map(({ path, message }) => `${path.slice(union.path.length)} ${message}`.trim());
  return [...new Set(texts)].join(", or ");
}

function messageOf(error: ErrorObject): string {
  const params = error.params as { [name: string]: unknown };
  switch (error.keyword) {
    case "additionalProperties":
      return `must not have the property ${JSON.stringify(params.additionalProperty)}`;
    case "unevaluatedProperties":
      return `must not have the property ${JSON.stringify(params.unevaluatedProperty)}`;
    case "required":
      return `must have the property ${JSON.stringify(params.missingProperty)}`;
    case "enum":
      return `must be one of ${(params.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(", ")}`;
    case "const":
      return `must be ${JSON.stringify(params.allowedValue)}`;
    default:
      return error.message ?? `fails "${error.keyword}"`;
  }
}
