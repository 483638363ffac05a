import type { Level } from "../evidence/verdict.js";
import type { NotTestedReason } from "../requirements/not-tested.js";
import { groupBy } from "./group-by.js";
import { rollUp } from "./roll-up.js";
import type { ExpectationResult, RunRequirement, RunScenario, RunTarget } from "./run-json.js";
import { type TargetOf, targetFinder } from "./run-targets.js";

/** What a rendering needs to know of a requirement of the catalogue. */
export interface RequirementText {
  readonly id: string;
  readonly level: Level;
  readonly text: string;
  readonly anchor: string;
  /** Link to the published specification. */
  readonly url: string;
  /** Why nothing tests it, where nothing does. */
  readonly notTested?: NotTestedReason;
}

/** The catalogue by id, or the part of it that the run's profile demands. May be empty: the run carries its own texts. */
export type RequirementLookup = ReadonlyMap<string, RequirementText>;

interface Results {
  readonly targets: readonly RunTarget[];
  readonly scenarios: readonly RunScenario[];
  readonly passive: readonly ExpectationResult[];
}

/** Rolls results up to requirements, in order of id. Throws a RangeError when a result names a requirement that the catalogue lacks. */
export function requirementsOf(results: Results, catalogue: RequirementLookup): readonly RunRequirement[] {
  const charged = chargedByRequirement(results, targetFinder(results.targets));
  return [...charged]
    .sort(([a], [b]) => compare(a, b))
    .map(([id, charges]) => {
      const known = catalogue.get(id);
      if (known === undefined) throw new RangeError(`no requirement "${id}" in the catalogue`);
      const { level, text, anchor, url } = known;
      return { id, level, text, anchor, url, ...summaryOf(charges) };
    });
}

interface Charge {
  readonly result: ExpectationResult;
  readonly target: string | undefined;
}

function chargedByRequirement(results: Results, targetOf: TargetOf): Map<string, Charge[]> {
  const charge = (result: ExpectationResult, scenario?: RunScenario): Charge => ({
    result,
    target: targetOf(result, scenario)?.name,
  });
  const owed = results.scenarios.flatMap((scenario) => scenario.expectations.map((one) => charge(one, scenario)));
  const passive = results.passive.map((result) => charge(result));
  return groupBy([...owed, ...passive], ({ result }) => result.requirement);
}

function summaryOf(charges: readonly Charge[]): Pick<RunRequirement, "verdict" | "byTarget" | "expectations"> {
  const names = [...new Set(charges.flatMap(({ target }) => target ?? []))].sort(compare);
  const verdictsOf = (name?: string) =>
    charges.filter(({ target }) => name === undefined || target === name).map(({ result }) => result.verdict);
  return {
    verdict: rollUp(verdictsOf()),
    byTarget: Object.fromEntries(names.map((name) => [name, rollUp(verdictsOf(name))])),
    expectations: [...new Set(charges.map(({ result }) => result.id))],
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
