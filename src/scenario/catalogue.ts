import type { Level } from "../evidence/verdict.js";
import type { JsonObject } from "../matrix/json.js";
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

/** The catalogue; throws when two definitions of one kind share a name. */
export function buildCatalogue(parts: CatalogueParts): Catalogue {
  return {
    steps: byName(parts.steps),
    checks: byName(parts.checks),
    behaviours: byName(parts.behaviours),
    endpointGroups: parts.endpointGroups,
    defects: new Set(parts.defects),
    requirements: parts.requirements,
  };
}

function byName(definitions: readonly Definition[]): ReadonlyMap<string, CatalogueEntry> {
  const entries = new Map<string, CatalogueEntry>();
  for (const { name, summary, input, binds } of definitions) {
    if (entries.has(name)) throw new Error(`two definitions are called ${name}`);
    const plain = JSON.parse(JSON.stringify(input)) as JsonObject;
    entries.set(name, { name, summary, input: plain, ...(binds === undefined ? {} : { binds }) });
  }
  return entries;
}
