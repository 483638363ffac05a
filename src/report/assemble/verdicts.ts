import type { PassiveCheck } from "../../checks/passive/index.js";
import type { JournalEntry } from "../../evidence/journal-entry.js";
import type { ExpectationResult, RunScenario } from "../run-json.js";
import type { JournalSource } from "./assemble.js";
import { passiveResults } from "./passive.js";
import { type JournalRecords, recordsOf } from "./records.js";
import { RunEvidence } from "./run-evidence.js";
import { expectationsOf, verdictOf } from "./scenarios.js";
import { targetsOf } from "./targets.js";

/** What was judged in a run, without the account of it that a report gives. */
export interface RunVerdicts {
  readonly scenarios: readonly InstanceVerdicts[];
  readonly passive: readonly JudgedRequirement[];
}

export interface InstanceVerdicts extends Pick<RunScenario, "instance" | "scenario" | "roomVersion" | "verdict"> {
  readonly expectations: readonly JudgedRequirement[];
}

export type JudgedRequirement = Pick<ExpectationResult, "id" | "requirement" | "verdict">;

interface Source extends Omit<JournalSource, "digest" | "entries"> {
  /** Gone through more than once. */
  readonly entries: readonly JournalEntry[];
}

/** The verdicts of a run's instances, and of these passive checks. */
export function verdictsOf(source: Source, checks: readonly PassiveCheck[]): RunVerdicts {
  const records = recordsOf(source.entries);
  const scenarios = [...records.instances.values()].map((record): InstanceVerdicts => {
    const { id, scenario, roomVersion } = record.instance;
    const expectations = expectationsOf(record);
    const { verdict } = verdictOf(record, expectations);
    const version = roomVersion === undefined ? {} : { roomVersion };
    return { instance: id, scenario, ...version, verdict, expectations: expectations.map(judged) };
  });
  return { scenarios, passive: checks.length === 0 ? [] : passiveIn(source, records, checks).map(judged) };
}

/** Takes every message of the run to pieces. */
function passiveIn({ entries, body }: Source, records: JournalRecords, checks: readonly PassiveCheck[]) {
  const evidence = new RunEvidence(body);
  for (const entry of entries) evidence.add(entry);
  return passiveResults(records, evidence, targetsOf(records.servers), () => "", checks);
}

function judged({ id, requirement, verdict }: ExpectationResult): JudgedRequirement {
  return { id, requirement, verdict };
}
