import type { JournalEntry } from "../../evidence/journal-entry.js";
import { type RequirementLookup, requirementsOf } from "../requirement-lookup.js";
import { outcomeOf, rollUp } from "../roll-up.js";
import type { RunJson } from "../run-json.js";
import { inlineExchanges } from "./exchanges.js";
import { passiveResults } from "./passive.js";
import { type InstanceRecord, type JournalRecords, JournalSorter } from "./records.js";
import { RunEvidence } from "./run-evidence.js";
import { scenariosOf } from "./scenarios.js";
import { targetsOf } from "./targets.js";

export interface JournalSource {
  readonly entries: Iterable<JournalEntry>;
  /** sha256 of the journal file; asked for when all entries were read. */
  readonly digest: string;
  body(digest: string): Uint8Array | undefined;
}

export interface AssembleOptions {
  /** Draws also the histories of rooms that a report does not show: those of what passed again. */
  readonly everyHistory?: boolean;
}

/**
 * run.json from the journal and the evidence: the same whether the run just ended, was killed, or lies years back. The entries are
 * read once, one after the other.
 */
export function assembleRun(
  source: JournalSource,
  requirements: RequirementLookup,
  { everyHistory = false }: AssembleOptions = {},
): RunJson {
  const { records, evidence } = read(source);
  const targets = targetsOf(records.servers);
  const repeat = (record: InstanceRecord) => repeatCommand(records, record);
  const scenarios = scenariosOf([...records.instances.values()], evidence, { repeat, everyHistory });
  const passive = passiveResults(records, evidence, targets, repeat);
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
    exchanges: inlineExchanges(evidence, shown, source.body),
    journal: source.digest,
  };
}

function read({ entries, body }: JournalSource): {
  readonly records: JournalRecords;
  readonly evidence: RunEvidence;
} {
  const sorter = new JournalSorter();
  const evidence = new RunEvidence(body);
  for (const entry of entries) {
    sorter.add(entry);
    evidence.add(entry);
  }
  return { records: sorter.records, evidence };
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
