import type { OwedExpectation } from "../../evidence/journal-entry.js";
import type { Verdict } from "../../evidence/verdict.js";
import type { JsonObject } from "../../matrix/json.js";
import { withoutAttempt } from "../../scenario/plan.js";
import { groupBy } from "../group-by.js";
import { isUnstable, rollUp } from "../roll-up.js";
import type { ExpectationResult, RunScenario, RunStep } from "../run-json.js";
import { historiesOf } from "./histories.js";
import type { InstanceRecord } from "./records.js";
import type { RunEvidence } from "./run-evidence.js";
import { sequenceOf } from "./sequence.js";

interface Telling {
  /** The command that repeats one. */
  repeat(record: InstanceRecord): string;
  /** Draws also the histories that a report does not show. */
  readonly everyHistory: boolean;
}

/** The scenarios of a run as the report shows them, assembled one after the other, and the evidence of each let go. */
export function scenariosOf(
  records: readonly InstanceRecord[],
  evidence: RunEvidence,
  telling: Telling,
): readonly RunScenario[] {
  const attempts = groupBy(records, ({ instance }) => withoutAttempt(instance.id));
  const drawn = new Set<string>();
  return records.map((record) => {
    const { id, scenario } = record.instance;
    const others = attempts.get(withoutAttempt(id)) ?? [];
    const unstable = others.length > 1 && isUnstable(others.map((other) => expectationsOf(other).map(unnumbered)));
    const told = scenarioOf(record, evidence, { ...telling, unstable, drawn: drawn.has(scenario) });
    if (told.histories !== undefined) drawn.add(scenario);
    evidence.release(id);
    return told;
  });
}

function scenarioOf(
  record: InstanceRecord,
  evidence: RunEvidence,
  { repeat, everyHistory, unstable, drawn }: Telling & { readonly unstable: boolean; readonly drawn: boolean },
): RunScenario {
  const { instance, beganAt, endedAt } = record;
  const expectations = expectationsOf(record);
  const verdict = verdictOf(record, expectations);
  const histories = beganAt !== undefined && (everyHistory || !drawn || isOpen(verdict, expectations));
  const drawings = histories ? historiesOf(evidence, record) : [];
  const { id, scenario, title, purpose, file, roomVersion, seats, attempt } = instance;
  return {
    instance: id,
    scenario,
    title,
    purpose,
    file,
    ...(roomVersion === undefined ? {} : { roomVersion }),
    seats,
    ...verdict,
    unstable,
    attempt,
    durationMs: beganAt === undefined || endedAt === undefined ? 0 : endedAt - beganAt,
    steps: stepsOf(record),
    expectations,
    repeat: repeat(record),
    sequence: beganAt === undefined ? [] : sequenceOf(evidence, record, beganAt),
    ...(drawings.length === 0 ? {} : { histories: drawings }),
  };
}

/** Whether anything in it did not pass: then its room's history is told, however often the same scenario stands in the report. */
function isOpen({ verdict }: { readonly verdict: Verdict }, expectations: readonly ExpectationResult[]): boolean {
  return verdict !== "pass" || expectations.some((one) => one.verdict !== "pass");
}

/** The verdict of the expectations and of what else happened; the reason for the latter. */
export function verdictOf(
  record: InstanceRecord,
  expectations: readonly ExpectationResult[],
): { readonly verdict: Verdict; readonly reason?: string } {
  const around = happenedAround(record);
  const verdict = rollUp([...expectations, ...around].map((one) => one.verdict));
  const [first] = around;
  return { verdict, ...(first === undefined ? {} : { reason: first.reason }) };
}

/** What no expectation tells, the gravest first. */
function happenedAround(record: InstanceRecord): readonly { readonly verdict: Verdict; readonly reason: string }[] {
  const { planned, outcomes, beganAt, endedAt } = record;
  const broken = planned.find(({ id }) => outcomes.get(id)?.outcome === "error");
  const [violation] = record.violations;
  return [
    ...(broken === undefined
      ? []
      : [
          {
            verdict: "error" as const,
            reason: `${broken.title}: ${outcomes.get(broken.id)?.reason ?? "not carried out"}`,
          },
        ]),
    ...(beganAt === undefined || endedAt !== undefined
      ? []
      : [{ verdict: "inconclusive" as const, reason: "The run ended in the middle of it." }]),
    ...(violation === undefined
      ? []
      : [{ verdict: "review" as const, reason: violationReason(record.violations.length, violation) }]),
  ];
}

/** Requests that a peer was not to get are no breach in themselves: why they came, a person must say. */
function violationReason(count: number, first: JsonObject): string {
  const requests = count === 1 ? "a request" : `${count} requests`;
  return `${requests} that the scenario did not allow for, first ${first.method} ${first.target} at ${first.peer}`;
}

/** Attempts carry their number in every id; what they agree on must not. */
function unnumbered({ id, verdict }: ExpectationResult): Pick<ExpectationResult, "id" | "verdict"> {
  return { id: id.replace(/~\d+#/, "#"), verdict };
}

function stepsOf({ planned, outcomes }: InstanceRecord): readonly RunStep[] {
  return planned.map(({ id, title, verb }) => {
    const record = outcomes.get(id);
    return {
      id,
      title,
      verb,
      outcome: record?.outcome ?? "not-reached",
      ...(record?.reason === undefined ? {} : { reason: record.reason }),
    };
  });
}

/** Every owed expectation with its judgement; `not-run` where the run ended before it. */
export function expectationsOf({ instance, owed, judgements }: InstanceRecord): readonly ExpectationResult[] {
  return owed.map((expectation: OwedExpectation) => {
    const { id, step, check, requirement, level, of, impact } = expectation;
    const judged = judgements.get(id)?.judgement;
    return {
      id,
      instance: instance.id,
      step,
      check,
      requirement,
      level,
      of,
      server: instance.seats[of]?.serverName ?? "",
      impact,
      verdict: judged?.verdict ?? "not-run",
      expected: judged?.expected ?? "",
      actual: judged?.actual ?? "the run ended before it",
      exchanges: judged?.exchanges ?? [],
    };
  });
}
