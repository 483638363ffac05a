import type { OwedExpectation, PlannedStep, ScenarioInstance } from "../evidence/journal-entry.js";
import type { Scenario, StepCall } from "../scenario/model.js";
import { substitute } from "../scenario/variables.js";
import { STEPS } from "../steps/index.js";

/** A scenario instance with what is owed in it: what the journal says before anything is run. */
export interface ReadyInstance {
  readonly scenario: Scenario;
  readonly instance: ScenarioInstance;
  readonly owed: readonly OwedExpectation[];
  readonly steps: readonly PlannedStep[];
}

/** Why a target does not owe a requirement, where its file declares so. */
export type Exemptions = (target: string | undefined, requirement: string) => string | undefined;

const STEP_BY_NAME = new Map(STEPS.map((step) => [step.name, step]));

export function callsOf(scenario: Scenario): readonly StepCall[] {
  return [...scenario.given, ...scenario.steps];
}

/** The expectations and steps of an instance, its variables filled in. */
export function whatIsOwed(scenario: Scenario, instance: ScenarioInstance, exemptions: Exemptions): ReadyInstance {
  const calls = callsOf(scenario);
  return {
    scenario,
    instance,
    owed: calls.flatMap((call) => owedBy(call, instance, exemptions)),
    steps: calls.map((call) => ({ id: call.id, title: call.title ?? describe(call), verb: call.do })),
  };
}

function describe(call: StepCall): string {
  return STEP_BY_NAME.get(call.do)?.describe(call.arguments as never) ?? call.do;
}

function owedBy(call: StepCall, instance: ScenarioInstance, exemptions: Exemptions): readonly OwedExpectation[] {
  return call.expect.map((expectation, at) => ({
    id: `${instance.id}#${call.id}/${at + 1}`,
    step: call.id,
    check: expectation.check,
    arguments: substitute(expectation.arguments, instance),
    requirement: expectation.requirement,
    level: expectation.level,
    of: expectation.of,
    impact: expectation.impact,
    ...exemption(exemptions(instance.seats[expectation.of]?.target, expectation.requirement)),
  }));
}

function exemption(reason: string | undefined): { readonly notApplicable?: string } {
  return reason === undefined ? {} : { notApplicable: reason };
}
