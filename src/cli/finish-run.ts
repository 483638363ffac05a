import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bodiesIn } from "../evidence/bodies.js";
import { readJournal } from "../evidence/read-journal.js";
import { assembleRun } from "../report/assemble/assemble.js";
import { RENDERERS, type RendererName } from "../report/index.js";
import type { RequirementLookup } from "../report/requirement-lookup.js";
import type { RunJson } from "../report/run-json.js";
import { EVIDENCE_FOLDER } from "../runner/judge-run.js";

export const RUN_FILE = "run.json";

export const DEFAULT_REPORTERS: readonly RendererName[] = ["html", "junit", "markdown"];

/** Writes run.json and its renderings from what the folder's journal holds, and returns the run. */
export function writeReports(
  folder: string,
  requirements: RequirementLookup,
  reporters: readonly RendererName[],
): RunJson {
  const run = assembled(folder, requirements);
  writeFileSync(join(folder, RUN_FILE), `${JSON.stringify(run, null, 1)}\n`);
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
export function assembled(folder: string, requirements: RequirementLookup): RunJson {
  const { entries, digest } = readJournal(folder);
  const bodies = bodiesIn(join(folder, EVIDENCE_FOLDER));
  return assembleRun({ entries, digest, body: (one) => bodies.get(one) }, requirements);
}
