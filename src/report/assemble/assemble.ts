import { EvidenceIndex } from "../../checks/evidence-index.js";
import type { JournalEntry } from "../../evidence/journal-entry.js";
import { type RequirementLookup, requirementsOf } from "../requirement-lookup.js";
import { outcomeOf, rollUp } from "../roll-up.js";
import type { RunJson } from "../run-json.js";
import { inlineExchanges } from "./exchanges.js";
import { passiveResults } from "./passive.js";
import { type InstanceRecord, type JournalRecords, recordsOf } from "./records.js";
import { scenariosOf } from "./scenarios.js";
import { targetsOf } from "./targets.js";

export interface JournalSource {
  readonly entries: readonly JournalEntry[];
  /** sha256 of the journal file. */
  readonly digest: string;
  body(digest: string): Uint8Array | undefined;
}

/** run.json from the journal and the evidence: the same whether the run just ended, was killed, or lies years back. */
export function assembleRun(source: JournalSource, requirements: RequirementLookup): RunJson {
  const records = recordsOf(source.entries);
  const index = new EvidenceIndex(source.body);
  for (const entry of source.entries) index.add(entry);
  const targets = targetsOf(records.servers);
  const repeat = (record: InstanceRecord) => repeatCommand(records, record);
  const scenarios = scenariosOf([...records.instances.values()], index, repeat);
  const passive = passiveResults(records, index, targets, repeat);
  const shown = [...scenarios.flatMap(({ expectations }) => expectations), ...passive]
    .filter(({ verdict }) => verdict !== "pass")
    .flatMap(({ exchanges }) => exchanges);
  return {
    format: "concordat-run/1",
    run: runFacts(records),
    targets,
    outcome: wholeOutcome(outcomeOf(scenarios, passive), records.complete),
    scenarios,
    passive,
    requirements: requirementsOf({ targets, scenarios, passive }, requirements),
    exchanges: inlineExchanges(index, shown, source.body),
    journal: source.digest,
  };
}

/** Of a run that was cut short nobody can tell whether all would have been well. */
function wholeOutcome(outcome: RunJson["outcome"], complete: boolean): RunJson["outcome"] {
  return complete ? outcome : { ...outcome, verdict: rollUp([outcome.verdict, "inconclusive"]) };
}

function runFacts({ run, startedAt, lastAt, complete }: JournalRecords): RunJson["run"] {
  const { id, seed, command, tool, host } = run as unknown as RunJson["run"];
  return {
    id,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(lastAt).toISOString(),
    complete,
    seed,
    command,
    tool,
    host,
  };
}

/** The one command that runs this instance again, alone. */
function repeatCommand({ run }: JournalRecords, { instance }: InstanceRecord): string {
  const options = Array.isArray(run.repeat) ? run.repeat.map(String) : [];
  const version = instance.roomVersion === undefined ? [] : ["--room-version", instance.roomVersion];
  return ["npx concordat run", instance.scenario, ...options, ...version, "--seed", String(run.seed)].join(" ");
}
