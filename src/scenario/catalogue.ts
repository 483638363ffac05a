import type { Level } from "../evidence/verdict.js";
import { isJsonObject, type JsonObject } from "../matrix/json.js";
import type { Catalogue, CatalogueEntry } from "./model.js";

/** A step, check or behaviour as the layer that owns it defines it; schema builders may add more than JSON to `input`. */
export interface Definition {
  readonly name: string;
  readonly summary: string;
  readonly input: object;
  readonly binds?: readonly string[];
}

/** Everything that scenarios may name, as plain lists from the layers above. */
export interface CatalogueParts {
  readonly steps: readonly Definition[];
  readonly checks: readonly Definition[];
  readonly behaviours: readonly Definition[];
  readonly endpointGroups: readonly string[];
  readonly defects: Iterable<string>;
  readonly requirements: ReadonlyMap<string, { readonly level: Level }>;
}

/** Words of the language that no definition may take for an argument. A step may have an `id` and a `title` of its own. */
const RESERVED = {
  steps: ["do", "expect"],
  checks: ["check", "must", "should", "may", "of", "impact"],
  behaviours: ["name"],
} as const;

/** The catalogue; throws when two definitions of one kind share a name, or an argument is called like a word of the language. */
export function buildCatalogue(parts: CatalogueParts): Catalogue {
  return {
    steps: byName(parts.steps, RESERVED.steps),
    checks: byName(parts.checks, RESERVED.checks),
    behaviours: byName(parts.behaviours, RESERVED.behaviours),
    endpointGroups: parts.endpointGroups,
    defects: new Set(parts.defects),
    requirements: parts.requirements,
  };
}

function byName(definitions: readonly Definition[], reserved: readonly string[]): ReadonlyMap<string, CatalogueEntry> {
  const entries = new Map<string, CatalogueEntry>();
  for (const { name, summary, input, binds } of definitions) {
    if (entries.has(name)) throw new Error(`two definitions are called ${name}`);
    const plain = JSON.parse(JSON.stringify(input)) as JsonObject;
    const taken = reserved.find((word) => isJsonObject(plain.properties) && word in plain.properties);
    if (taken !== undefined)
      throw new Error(`${name} has an argument called ${taken}, which is a word of the language`);
    entries.set(name, { name, summary, input: plain, ...(binds === undefined ? {} : { binds }) });
  }
  return entries;
}
