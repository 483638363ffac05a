import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scenarioSchema } from "../scenario/schema.js";
import { SCHEMA_FOLDER } from "../schema/schema-files.js";
import { ownCatalogue } from "./catalogue.js";
import { isEntryPoint } from "./entry-point.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { type Io, processIo } from "./io.js";

export const SCENARIO_SCHEMA = join(SCHEMA_FOLDER, "scenario.schema.json");

/** The generated schema of scenario files, as its file must read. The catalogue's requirements leave no trace in it. */
export function scenarioSchemaText(): string {
  const catalogue = ownCatalogue(Object.assign(new Map(), { areas: [] }));
  return `${JSON.stringify(scenarioSchema(catalogue), null, 2)}\n`;
}

/** Writes the generated schemas; with `--check` only tells whether the files are fresh. */
export function generateSchemas(args: readonly string[], io: Io, file = SCENARIO_SCHEMA): ExitCode {
  const text = scenarioSchemaText();
  if (existsSync(file) && readFileSync(file, "utf8") === text) return EXIT.ok;
  if (args.includes("--check")) {
    io.err("schemas/scenario.schema.json is stale: run `npm run generate`");
    return EXIT.failed;
  }
  writeFileSync(file, text);
  io.err("schemas/scenario.schema.json written");
  return EXIT.ok;
}

if (isEntryPoint(import.meta.url)) process.exitCode = generateSchemas(process.argv.slice(2), processIo());
