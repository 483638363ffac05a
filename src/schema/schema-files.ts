import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Ajv2020, AnySchemaObject } from "ajv/dist/2020.js";
import { isJsonObject } from "../matrix/json.js";
import { createAjv, type Validator, type ValidatorOptions, validatorOf } from "./validator.js";

/** The folder `schemas/` of this package, the same seen from `src/` and from `dist/`. */
export const SCHEMA_FOLDER = fileURLToPath(new URL("../../schemas/", import.meta.url));

/** Files carry no `$id`; they get their place below this one, so that relative references between them resolve. */
const BASE = "concordat:/schemas/";

/**
 * Loads and compiles files of one folder of schemas, each once; `name` is the path below the folder without
 * `.schema.json`, as in `wire/send-transaction.request`. References to other files are relative paths.
 */
export function schemaLoader(folder: string, options: ValidatorOptions = {}): (name: string) => Validator {
  const ajv = createAjv(options);
  const compiled = new Map<string, Validator>();
  return (name) => {
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const uri = `${BASE}${name}.schema.json`;
    addFile(ajv, folder, uri);
    const validate = ajv.getSchema(uri);
    if (validate === undefined) throw new Error(`schema ${name} cannot be compiled`);
    const validator = validatorOf(validate);
    compiled.set(name, validator);
    return validator;
  };
}

let collecting: ((name: string) => Validator) | undefined;
let hasty: ((name: string) => Validator) | undefined;

/** A schema of this package by name; compiled on first use. Throws when there is no such file or it is not a sound schema. */
export function compileSchema(name: string, options: ValidatorOptions = {}): Validator {
  if (options.allErrors === false) {
    hasty ??= schemaLoader(SCHEMA_FOLDER, options);
    return hasty(name);
  }
  collecting ??= schemaLoader(SCHEMA_FOLDER, options);
  return collecting(name);
}

function addFile(ajv: Ajv2020, folder: string, uri: string): void {
  if (ajv.schemas[uri] !== undefined) return;
  const schema: unknown = JSON.parse(readFileSync(`${folder}/${uri.slice(BASE.length)}`, "utf8"));
  if (!isJsonObject(schema)) throw new Error(`${uri.slice(BASE.length)} is not a JSON object`);
  ajv.addSchema({ ...schema, $id: uri } as AnySchemaObject, uri);
  for (const reference of fileReferences(schema)) addFile(ajv, folder, new URL(reference, uri).href);
}

/** The files that a schema refers to, without their fragments. */
function fileReferences(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(fileReferences);
  if (!isJsonObject(schema)) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key !== "$ref" || typeof value !== "string") return fileReferences(value);
    const file = value.split("#")[0] ?? "";
    return file === "" ? [] : [file];
  });
}
