import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bodiesIn } from "../evidence/bodies.js";
import { JournalScan } from "../evidence/read-journal.js";
import { type AssembleOptions, assembleRun } from "../report/assemble/assemble.js";
import { RENDERERS, type RendererName } from "../report/index.js";
import { jsonParts } from "../report/json-parts.js";
import type { RequirementLookup } from "../report/requirement-lookup.js";
import type { RunJson } from "../report/run-json.js";
import { EVIDENCE_FOLDER } from "../runner/judge-run.js";
import { writeParts } from "./write-parts.js";

export const RUN_FILE = "run.json";

export const DEFAULT_REPORTERS: readonly RendererName[] = ["html", "junit", "markdown"];

/**
 * Writes run.json and its renderings from what the folder's journal holds, and returns the run. `hear` is told each place where the
 * journal is not what was written.
 */
export function writeReports(
  folder: string,
  requirements: RequirementLookup,
  reporters: readonly RendererName[],
  hear?: (problem: string) => void,
): RunJson {
  const scan = new JournalScan(folder);
  const run = assembledFrom(scan, folder, requirements, {});
  for (const problem of scan.problems) hear?.(problem);
  writeParts(join(folder, RUN_FILE), jsonParts(run));
  for (const name of reporters) {
    const { file, render } = RENDERERS[name];
    writeFileSync(join(folder, file), render(run, requirements));
  }
  return run;
}

/** What of `writeReports` to look at: the first rendering, or run.json where there is none. */
export function reportFile(folder: string, reporters: readonly RendererName[]): string {
  const [first] = reporters;
  return join(folder, first === undefined ? RUN_FILE : RENDERERS[first].file);
}

/** run.json as the folder's journal gives it. Throws EvidenceError when the folder lacks what it must hold. */
export function assembled(folder: string, requirements: RequirementLookup, options: AssembleOptions = {}): RunJson {
  return assembledFrom(new JournalScan(folder), folder, requirements, options);
}

function assembledFrom(
  scan: JournalScan,
  folder: string,
  requirements: RequirementLookup,
  options: AssembleOptions,
): RunJson {
  const bodies = bodiesIn(join(folder, EVIDENCE_FOLDER));
  const source = {
    entries: scan,
    get digest() {
      return scan.digest;
    },
    body: (one: string) => bodies.get(one),
  };
  return assembleRun(source, requirements, options);
}
