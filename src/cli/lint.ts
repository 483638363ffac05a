import { readFileSync } from "node:fs";
import type { Requirements } from "../requirements/catalogue.js";
import type { Scenario } from "../scenario/model.js";
import { parseScenario } from "../scenario/read-scenario.js";
import { AuthoringError, type Problem } from "../schema/problem.js";
import { readSource } from "../schema/source.js";
import { TargetError } from "../targets/target-error.js";
import { readTargetFile } from "../targets/target-file.js";
import { ownCatalogue } from "./catalogue.js";
import { coverageProblems } from "./lint-coverage.js";
import { type DataFile, dataFiles, isOwn, ownRequirements } from "./project.js";

export interface LintResult {
  /** How many files were read. */
  readonly files: number;
  /** Target files report theirs as finished lines. */
  readonly problems: readonly (Problem | string)[];
}

/** Reads every data file of the package and of the working directory, and gathers what is wrong. */
export async function lintAll(cwd: string): Promise<LintResult> {
  const problems: (Problem | string)[] = [];
  const requirements = gather(problems, ownRequirements);
  const scenarios = dataFiles("scenarios", cwd);
  const targets = dataFiles("targets", cwd);
  const profiles = dataFiles("profiles", cwd);
  if (requirements !== undefined) lintScenarios(scenarios, requirements, problems);
  for (const target of targets) problems.push(...(await targetProblems(target)));
  for (const { path, name } of profiles) gather(problems, () => readSource(name, readFileSync(path, "utf8")));
  const files = (requirements?.areas.length ?? 0) + scenarios.length + targets.length + profiles.length;
  return { files, problems };
}

function lintScenarios(files: readonly DataFile[], requirements: Requirements, problems: (Problem | string)[]): void {
  const catalogue = ownCatalogue(requirements);
  const places = new Map<string, string>();
  const own: Scenario[] = [];
  let broken = false;
  for (const file of files) {
    const { path, name } = file;
    const scenario = gather(problems, () => parseScenario(name, readFileSync(path, "utf8"), catalogue));
    if (scenario === undefined) {
      broken ||= isOwn(file);
      continue;
    }
    if (isOwn(file)) own.push(scenario);
    const other = places.get(scenario.id);
    if (other !== undefined) {
      problems.push({
        place: { file: name, line: 1, column: 1 },
        message: `\`${scenario.id}\` is in ${other} already`,
      });
    }
    places.set(scenario.id, name);
  }
  // A broken scenario of the package tests nothing, and would make the rows that it covers look forgotten.
  if (!broken) problems.push(...coverageProblems([...requirements.values()], own));
}

function gather<T>(problems: (Problem | string)[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AuthoringError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

async function targetProblems({ path }: DataFile): Promise<string[]> {
  try {
    await readTargetFile(path);
    return [];
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    return [error.message];
  }
}
