import type { Requirement } from "../requirements/requirement.js";
import { UsageError } from "./command.js";
import { coverageOf, isCovered } from "./coverage.js";
import { type CoveredRequirement, coverageFigures } from "./coverage-figures.js";
import { coverageLines } from "./coverage-text.js";
import type { Listing } from "./lists.js";
import { openProject } from "./project.js";

/** Which requirements are listed. */
export interface RequirementFilter {
  /** Only this area. */
  readonly area?: string;
  /** Only those that nothing tests. */
  readonly notTested?: boolean;
}

/** The requirements with what tests them, and the figures of the whole choice. Throws UsageError for an unknown area. */
export function listRequirements(cwd: string, { area, notTested = false }: RequirementFilter): Listing {
  const { requirements, scenarios } = openProject(cwd);
  const areas = requirements.areas.map((one) => one.area);
  if (area !== undefined && !areas.includes(area)) {
    throw new UsageError(`--area ${area}: there is no such area, only ${areas.join(", ")}`);
  }
  const coverage = coverageOf(requirements.values(), scenarios);
  const chosen = requirements.areas
    .flatMap((one) => one.requirements)
    .filter((one) => area === undefined || one.area === area)
    .map((one) => withCoverage(one, coverage.get(one.id)));
  const items = chosen.filter((one) => !notTested || !isCovered(one));
  const figures = coverageFigures(chosen);
  return { items, rows: items.map(row), notes: coverageLines(figures), figures: { coverage: figures } };
}

function withCoverage(
  { place: _place, reasonPlace: _reasonPlace, ...requirement }: Requirement,
  { scenarios = [], passive = [] }: Partial<CoveredRequirement> = {},
): CoveredRequirement {
  return { ...requirement, scenarios, passive };
}

function row(item: CoveredRequirement): string[] {
  const { id, level, text, notTested } = item;
  if (isCovered(item)) return [id, level, "tested", text];
  if (notTested === undefined) return [id, level, "-", text];
  return [id, level, notTested.code, `${text} (${notTested.reason})`];
}
