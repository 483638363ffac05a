import type { OwedExpectation, ScenarioInstance } from "../evidence/journal-entry.js";
import { substitute } from "../scenario/variables.js";
import type { StepCall } from "../scenario/model.js";

/** The expectations of a step as they are owed in one instance, its variables filled in. */
export function owedBy(call: StepCall, instance: ScenarioInstance): readonly OwedExpectation[] {
  return call.expect.map((expectation, at) => ({
    id: `${instance.id}#${call.id}/${at + 1}`,
    step: call.id,
    check: expectation.check,
    arguments: substitute(expectation.arguments, instance),
    requirement: expectation.requirement,
    level: expectation.level,
    of: expectation.of,
    impact: expectation.impact,
  }));
}
