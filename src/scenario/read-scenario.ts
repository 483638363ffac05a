import { readFileSync } from "node:fs";
import { AuthoringError } from "../schema/problem.js";
import { readSource } from "../schema/source.js";
import type { Catalogue, Scenario } from "./model.js";
import { referenceProblems } from "./references.js";
import { toScenario } from "./to-scenario.js";
import { schemaProblems } from "./validate.js";

/** A scenario file that cannot be run as it is written. Holds every problem with its place. */
export class ScenarioError extends AuthoringError {
  override readonly code = "SCENARIO";
  override readonly name = "ScenarioError";
}

/** Reads and checks a scenario file. Throws ScenarioError; errors of the file system pass through. */
export function readScenario(file: string, catalogue: Catalogue): Scenario {
  return parseScenario(file, readFileSync(file, "utf8"), catalogue);
}

/** As `readScenario`, for text that is already at hand; `file` is where it stands. */
export function parseScenario(file: string, text: string, catalogue: Catalogue): Scenario {
  try {
    const source = readSource(file, text);
    const unfit = schemaProblems(source, catalogue);
    if (unfit.length > 0) throw new ScenarioError(unfit);
    const scenario = toScenario(source, catalogue);
    const dangling = referenceProblems(scenario, source, catalogue);
    if (dangling.length > 0) throw new ScenarioError(dangling);
    return scenario;
  } catch (error) {
    if (error instanceof AuthoringError && !(error instanceof ScenarioError)) throw new ScenarioError(error.problems);
    throw error;
  }
}
