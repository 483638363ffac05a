import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Defect } from "../homeserver/defects/defect.js";
import type { ExpectationResult, RunJson } from "../report/run-json.js";
import { execute } from "../runner/execute.js";
import type { Scenario } from "../scenario/model.js";
import type { TargetFile } from "../targets/target-document.js";
import { assembled } from "./finish-run.js";
import type { Project } from "./project.js";

/** What became of one defect. */
export interface MutantResult {
  readonly defect: string;
  readonly requirement: string;
  /** Scenarios that name the defect. */
  readonly named: readonly string[];
  /** Those of them that turned red for the requirement which the defect breaks. */
  readonly caughtBy: readonly string[];
  /** Other requirements that the same scenarios found broken. */
  readonly alsoBroken: readonly string[];
  /** Verdicts that say nothing: `error` or `inconclusive` beside no red one. */
  readonly undecided: readonly string[];
}

export interface MutantOptions {
  readonly project: Project;
  readonly target: TargetFile;
  readonly seed: string;
  readonly workers: number;
  readonly signal: AbortSignal;
}

const RED: ReadonlySet<string> = new Set(["fail", "warn"]);
const UNDECIDED: ReadonlySet<string> = new Set(["error", "inconclusive"]);

/** Runs the scenarios that name a defect on servers that have it. */
export async function tryDefect(defect: Defect, options: MutantOptions): Promise<MutantResult> {
  const scenarios = options.project.scenarios.filter(({ detects }) => detects.includes(defect.name));
  const named = scenarios.map(({ id }) => id);
  const { name, requirement } = defect;
  if (named.length === 0) return { defect: name, requirement, named, caughtBy: [], alsoBroken: [], undecided: [] };
  const run = await runWith(scenarios, new Set([name]), options);
  const red = (results: readonly ExpectationResult[]) => results.filter(({ verdict }) => RED.has(verdict));
  const passive = red(run.passive).some((result) => result.requirement === requirement);
  const caughtBy = run.scenarios
    .filter(({ expectations }) => red(expectations).some((result) => result.requirement === requirement) || passive)
    .map(({ scenario }) => scenario);
  const all = [...run.scenarios.flatMap(({ expectations }) => expectations), ...run.passive];
  return {
    defect: name,
    requirement,
    named,
    caughtBy: [...new Set(caughtBy)],
    alsoBroken: [...new Set(red(all).map((result) => result.requirement))].filter((id) => id !== requirement),
    undecided:
      caughtBy.length > 0 ? [] : all.filter(({ verdict }) => UNDECIDED.has(verdict)).map(({ actual }) => actual),
  };
}

/** One execution in a folder that is removed again. */
export async function runWith(
  scenarios: readonly Scenario[],
  defects: ReadonlySet<string>,
  { project, target, seed, workers, signal }: MutantOptions,
): Promise<RunJson> {
  const parent = mkdtempSync(join(tmpdir(), "concordat-mutant-"));
  const folder = join(parent, "run");
  try {
    const about = {
      id: parent
        .slice(-6)
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, "0"),
      seed,
      command: ["mutants"],
    };
    await execute({
      folder,
      scenarios,
      targets: [target],
      plan: { seed },
      defects,
      workers,
      about,
      signal,
      now: Date.now,
    });
    return assembled(folder, project.requirements);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}
