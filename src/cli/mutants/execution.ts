import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunJson } from "../../report/run-json.js";
import { execute } from "../../runner/execute.js";
import type { Progress } from "../../runner/play.js";
import type { Scenario } from "../../scenario/model.js";
import type { TargetFile } from "../../targets/target-document.js";
import { assembled } from "../finish-run.js";
import type { Project } from "../project.js";

export interface MutantOptions {
  readonly project: Project;
  readonly target: TargetFile;
  readonly seed: string;
  readonly workers: number;
  readonly signal: AbortSignal;
}

/** Servers in this process answer in milliseconds; a faulty one keeps every expectation waiting to its end. */
const PATIENCE_MS = 5000;

/** One execution on servers with the defects, in a folder that is removed again. */
export async function runWith(
  scenarios: readonly Scenario[],
  defects: ReadonlySet<string>,
  { project, target, seed, workers, signal }: MutantOptions,
  progress?: Progress,
): Promise<RunJson> {
  const parent = mkdtempSync(join(tmpdir(), "concordat-mutant-"));
  const folder = join(parent, "run");
  try {
    await execute({
      folder,
      scenarios,
      targets: [target],
      plan: { seed },
      defects,
      workers,
      patienceMs: PATIENCE_MS,
      about: { id: idOf(parent), seed, command: ["mutants"] },
      // One of its own: hundreds of executions listen for the same end.
      signal: AbortSignal.any([signal]),
      now: Date.now,
      ...(progress === undefined ? {} : { progress }),
    });
    return assembled(folder, project.requirements);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

function idOf(folder: string): string {
  return folder
    .slice(-6)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "0");
}
