import { setMaxListeners } from "node:events";
import type { Check } from "../checks/define.js";
import { CHECKS } from "../checks/index.js";
import { judgeExpectation, type StepOutcome } from "../checks/judge.js";
import { judgeView } from "../checks/judge-view.js";
import { cut } from "../checks/sentences.js";
import { ClientConnectionError, ClientError } from "../client/client-error.js";
import type { Binding, OwedExpectation, ScenarioInstance } from "../evidence/journal-entry.js";
import type { Verdict } from "../evidence/verdict.js";
import type { Scenario, StepCall } from "../scenario/model.js";
import { substitute } from "../scenario/variables.js";
import type { StepContext } from "../steps/context.js";
import { STEPS } from "../steps/index.js";
import { stepContext } from "./instance-context.js";
import { type Stage, setStage } from "./instance-stage.js";
import { callsOf, type ReadyInstance } from "./owed.js";
import type { PlayServices, Seating } from "./services.js";
import { StepFailure } from "./step-failure.js";

const CHECK_BY_NAME: ReadonlyMap<string, Check> = new Map(CHECKS.map((check) => [check.name, check]));
const STEP_BY_NAME = new Map(STEPS.map((step) => [step.name, step]));

/** Runs one planned instance and returns its verdicts in order: acts, observes, judges; everything goes to the journal. Never rejects for what a server does. */
export async function runInstance(
  services: PlayServices,
  { scenario, instance, owed }: ReadyInstance,
  seating: Seating,
  runSignal: AbortSignal,
): Promise<readonly Verdict[]> {
  const { journal, playing } = services;
  services.pulse.feel();
  journal.append({ kind: "scenario-begin", instance: instance.id });
  playing.add(instance.id);
  const deadline = new DeadlinePassed(scenario.deadlineMs);
  const timer = new AbortController();
  const alarm = setTimeout(() => timer.abort(deadline), scenario.deadlineMs);
  const signal = AbortSignal.any([runSignal, timer.signal]);
  setMaxListeners(0, signal);
  const performance = new Performance(services, scenario, instance, signal);
  try {
    if (instance.notApplicable === undefined) await performance.open(seating);
    for (const call of callsOf(scenario)) {
      const own = owed.filter(({ step }) => step === call.id);
      await performance.play(call, own);
    }
    return performance.verdicts;
  } finally {
    clearTimeout(alarm);
    playing.delete(instance.id);
    performance.close();
    journal.append({ kind: "scenario-end", instance: instance.id });
  }
}

class DeadlinePassed extends Error {
  constructor(milliseconds: number) {
    super(`the scenario's deadline of ${milliseconds / 1000} s passed`);
    this.name = "DeadlinePassed";
  }
}

/** One instance while it is played: what is bound, and whether something before stands in the way. */
class Performance {
  readonly verdicts: Verdict[] = [];
  private stage: Stage | undefined;
  private readonly bindings = new Map<string, Binding>();
  private blocked: StepOutcome | undefined;

  constructor(
    private readonly services: PlayServices,
    private readonly scenario: Scenario,
    private readonly instance: ScenarioInstance,
    private readonly signal: AbortSignal,
  ) {}

  async open(seating: Seating): Promise<void> {
    try {
      this.stage = await setStage(this.services, this.scenario, this.instance, seating, this.signal);
    } catch (error) {
      const outcome = this.outcomeOf(error);
      this.blocked = outcome.outcome === "error" ? outcome : { ...outcome, outcome: "skipped" };
    }
  }

  close(): void {
    this.stage?.strike();
  }

  async play(call: StepCall, owed: readonly OwedExpectation[]): Promise<void> {
    const { journal } = this.services;
    const id = { instance: this.instance.id, step: call.id };
    if (this.stage === undefined || this.blocked !== undefined) {
      const outcome = this.blocked ?? { outcome: "skipped" as const };
      journal.append({ kind: "step-end", ...id, ...outcome });
      for (const expectation of owed) this.judge(call, expectation, outcome);
      return;
    }
    journal.append({ kind: "step-begin", ...id });
    const context = this.context(call, this.stage);
    const outcome = await this.act(call, context);
    journal.append({ kind: "step-end", ...id, ...outcome });
    const verdicts: Verdict[] = [];
    for (const expectation of owed) {
      await this.observe(expectation, context, outcome);
      verdicts.push(this.judge(call, expectation, outcome));
    }
    const wasExpected = verdicts.length > 0 && verdicts.every((verdict) => verdict === "pass" || verdict === "warn");
    if (outcome.outcome === "error") this.blocked = outcome;
    else if (outcome.outcome === "failed" && !wasExpected) this.blocked = { ...outcome, outcome: "skipped" };
  }

  private context(call: StepCall, stage: Stage): StepContext {
    const { services, scenario, instance, bindings, signal } = this;
    return stepContext(services, scenario, instance, stage, bindings, call.id, signal);
  }

  private async act(call: StepCall, context: StepContext): Promise<StepOutcome> {
    const step = STEP_BY_NAME.get(call.do);
    if (step === undefined) return { outcome: "error", reason: `no step ${call.do}` };
    try {
      await step.run(context, substitute(call.arguments, this.instance) as never);
      return { outcome: "done" };
    } catch (error) {
      return this.outcomeOf(error);
    }
  }

  private async observe(expectation: OwedExpectation, context: StepContext, outcome: StepOutcome): Promise<void> {
    const check = CHECK_BY_NAME.get(expectation.check);
    if (check?.observe === undefined || outcome.outcome !== "done") return;
    const about = { expectation: expectation.id };
    const scoped: StepContext = { ...context, observe: (what, data) => context.observe(what, { ...data, ...about }) };
    try {
      await check.observe(scoped, expectation.arguments as never);
    } catch (error) {
      const { outcome: kind, reason, owedBy: seat } = this.outcomeOf(error);
      const blame = seat === undefined ? {} : { owedBy: seat };
      context.observe("could-not-observe", { ...about, tester: kind === "error", reason: reason ?? "", ...blame });
    }
  }

  private judge(call: StepCall, owed: OwedExpectation, outcome: StepOutcome): Verdict {
    const { journal, index, pulse } = this.services;
    pulse.feel();
    const upTo = journal.length;
    const view = judgeView(index, { instance: this.instance.id, step: call.id, expectation: owed.id, upTo });
    const judgement = judgeExpectation(owed, CHECK_BY_NAME.get(owed.check), view, outcome);
    journal.append({ kind: "judgement", instance: this.instance.id, expectation: owed.id, upTo, judgement });
    this.verdicts.push(judgement.verdict);
    return judgement.verdict;
  }

  /** How a step ended that threw: whoever refused or failed to answer is charged, the end of time nobody. */
  private outcomeOf(error: unknown): StepOutcome {
    if (error instanceof StepFailure) return { outcome: "failed", ...owing(error.seat), reason: cut(error.message) };
    if (error instanceof ClientError) return this.refusedBy(error);
    if (this.signal.aborted) {
      const why = this.signal.reason instanceof Error ? this.signal.reason.message : "the run was stopped";
      return { outcome: "failed", reason: why };
    }
    if (error instanceof ClientConnectionError) return this.refusedBy(error);
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { outcome: "error", reason: cut(reason) };
  }

  private refusedBy({ exchangeId, message: reason }: ClientError | ClientConnectionError): StepOutcome {
    const server = this.services.index.exchange(exchangeId)?.to;
    const [seat] = Object.entries(this.instance.seats).find(([, { serverName }]) => serverName === server) ?? [];
    return { outcome: "failed", ...owing(seat), reason: cut(reason) };
  }
}

function owing(seat: string | undefined): { readonly owedBy?: string } {
  return seat === undefined ? {} : { owedBy: seat };
}
