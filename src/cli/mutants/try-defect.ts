import type { Defect } from "../../homeserver/defects/defect.js";
import type { Reach } from "./asked-defects.js";
import { type TrialOptions, trialOf } from "./choice.js";
import { type MutantOptions, runWith } from "./execution.js";
import { type Cell, cellsOf, type MutantResult, problemsOf } from "./outcome.js";

/**
 * Runs, on servers that have a defect, the scenarios that name it, and then others in which the server asks about it: one of each
 * area, or all, or none where `reach` is not known. The two go apart, so that a passive finding is the work of the scenarios that claim it.
 */
export async function tryDefect(
  defect: Defect,
  reach: readonly Reach[] | undefined,
  options: MutantOptions & TrialOptions,
): Promise<MutantResult> {
  const { name, requirement } = defect;
  const { named, others, leftOut } = trialOf(defect, options.project.scenarios, reach, options);
  const cells: Record<string, Cell> = {};
  for (const [scenarios, countPassive] of [
    [named, true],
    [others, false],
  ] as const) {
    if (scenarios.length === 0) continue;
    const run = await runWith(scenarios, new Set([name]), options);
    Object.assign(cells, cellsOf(run, requirement, countPassive));
  }
  const ids = named.map(({ id }) => id);
  return {
    defect: name,
    requirement,
    cells,
    named: ids,
    caughtBy: ids.filter((id) => cells[id] === "caught"),
    leftOut,
    problems: problemsOf(defect, { cells, named: ids, akin: akinTo(requirement, options), complete: leftOut === 0 }),
  };
}

function akinTo(requirement: string, { project }: MutantOptions): ReadonlySet<string> {
  const area = project.requirements.get(requirement)?.area;
  const inArea = (id: string) => project.requirements.get(id)?.area === area;
  return new Set(project.scenarios.filter(({ covers }) => covers.some(inArea)).map(({ id }) => id));
}
