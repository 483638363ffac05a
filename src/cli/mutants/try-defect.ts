import type { Defect } from "../../homeserver/defects/defect.js";
import type { Project } from "../project.js";
import { type TrialOptions, trialOf } from "./choice.js";
import type { Play } from "./execution.js";
import { type Cell, cellsOf, type MutantResult, problemsOf } from "./outcome.js";
import type { Reach } from "./sound-run.js";

export interface MutantOptions extends TrialOptions {
  readonly project: Pick<Project, "scenarios" | "requirements">;
  readonly play: Play;
  readonly signal: AbortSignal;
}

/**
 * Plays, on servers that have a defect, the scenarios that name it, and apart from them others in which the server asks about it: one of
 * each area, or all, or none where `reach` is not known. Passive findings count for the scenarios that claim the defect alone.
 */
export async function tryDefect(
  defect: Defect,
  reach: readonly Reach[] | undefined,
  options: MutantOptions,
): Promise<MutantResult> {
  const { name, requirement } = defect;
  const { named, others, leftOut } = trialOf(defect, options.project.scenarios, reach, options);
  const ids = named.map(({ id }) => id);
  const about = { defect: name, requirement, named: ids, leftOut };
  const executions = [
    { scenarios: named, defect: name, passive: [requirement] },
    { scenarios: others, defect: name, passive: [] },
  ].filter(({ scenarios }) => scenarios.length > 0);
  try {
    const runs = await Promise.all(executions.map(options.play));
    const cells: Readonly<Record<string, Cell>> = Object.assign({}, ...runs.map((run) => cellsOf(run, requirement)));
    const akin = akinTo(requirement, options);
    const problems = problemsOf(defect, { cells, named: ids, akin, complete: leftOut === 0 });
    return { ...about, cells, caughtBy: ids.filter((id) => cells[id] === "caught"), problems };
  } catch (error) {
    options.signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    return { ...about, cells: {}, caughtBy: [], problems: [`${name} cannot be tried: ${why}`] };
  }
}

function akinTo(requirement: string, { project }: MutantOptions): ReadonlySet<string> {
  const area = project.requirements.get(requirement)?.area;
  const inArea = (id: string) => project.requirements.get(id)?.area === area;
  return new Set(project.scenarios.filter(({ covers }) => covers.some(inArea)).map(({ id }) => id));
}
