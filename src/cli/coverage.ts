import { PASSIVE_CHECKS } from "../checks/passive/index.js";
import type { Requirement } from "../requirements/requirement.js";
import type { Scenario } from "../scenario/model.js";

/** What tests a requirement. */
export interface Coverage {
  /** Scenarios with an expectation of it. */
  readonly scenarios: readonly string[];
  /** Passive checks, made on every message of a server under test. */
  readonly passive: readonly string[];
}

/** For each requirement, what tests it: only expectations count, not what a scenario's `covers` promises. */
export function coverageOf(
  requirements: Iterable<Requirement>,
  scenarios: readonly Scenario[],
): ReadonlyMap<string, Coverage> {
  const byScenario = scenarios.map((scenario) => {
    const calls = [...scenario.given, ...scenario.steps].flatMap(({ expect }) => expect);
    return { id: scenario.id, claims: new Set(calls.map(({ requirement }) => requirement)) };
  });
  return new Map(
    [...requirements].map(({ id }) => [
      id,
      {
        scenarios: byScenario.filter(({ claims }) => claims.has(id)).map((each) => each.id),
        passive: PASSIVE_CHECKS.filter(({ requirement }) => requirement === id).map(({ name }) => name),
      },
    ]),
  );
}

export function isCovered({ scenarios, passive }: Coverage): boolean {
  return scenarios.length + passive.length > 0;
}
