import { Ajv2020, type AnySchemaObject, type ErrorObject, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import formatsPlugin from "ajv-formats";
import type { JsonObject } from "../matrix/json.js";

/** One thing wrong with a value. */
export interface SchemaProblem {
  /** JSON pointer to the offending value; empty for the value as a whole. */
  readonly path: string;
  /** `must be integer`, `must not have the property "x"` … */
  readonly message: string;
  readonly keyword: string;
  readonly params: JsonObject;
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
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map(toProblem));
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
    params: error.params as JsonObject,
  };
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
