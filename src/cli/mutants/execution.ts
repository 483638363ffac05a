import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { PASSIVE_CHECKS } from "../../checks/passive/index.js";
import { bodiesInMemory } from "../../evidence/bodies.js";
import { journalTo } from "../../evidence/journal.js";
import { isStandstill, type JournalEntry } from "../../evidence/journal-entry.js";
import { type JudgedRequirement, type RunVerdicts, verdictsOf } from "../../report/assemble/verdicts.js";
import { play } from "../../runner/play.js";
import type { Scenario } from "../../scenario/model.js";
import type { TargetFile } from "../../targets/target-document.js";
import { AskedDefects } from "./asked-defects.js";

/** Scenarios to be played on embedded servers of their own. */
export interface Execution {
  readonly scenarios: readonly Scenario[];
  /** What the servers have; where it is absent they have none, and it is heard of which they are asked. */
  readonly defect?: string;
  /** Requirements whose passive checks are to be judged; all of them unless given. */
  readonly passive?: readonly string[];
}

export interface Executed extends RunVerdicts {
  /** By name of defect, the instances in which a server without any was asked about it. */
  readonly asked: ReadonlyMap<string, ReadonlySet<string>>;
  /** The process got no time to play meanwhile, and something could not be told. */
  readonly disturbed: boolean;
}

export type Play = (execution: Execution) => Promise<Executed>;

/** What all executions share: plain data. */
export interface ExecutionSetting {
  readonly target: TargetFile;
  readonly seed: string;
}

/** Servers in this process answer in milliseconds; a faulty one keeps every expectation waiting to its end. */
const PATIENCE_MS = 5000;

/** Instances of one defect that are played at a time. */
const INSTANCES = 3;

/** Plays scenarios, and tells what was judged; nothing is written down. Rejects as `play` does. */
export async function playApart(
  { scenarios, defect, passive }: Execution,
  { target, seed }: ExecutionSetting,
  signal: AbortSignal,
): Promise<Executed> {
  const ears = new AskedDefects();
  const entries: JournalEntry[] = [];
  const bodies = bodiesInMemory();
  const journal = journalTo((entry) => entries.push(entry), Date.now);
  const about = { id: randomBytes(3).toString("hex"), seed, command: ["mutants"] };
  // One of its own: hundreds of executions listen for the same end.
  const own = AbortSignal.any([signal]);
  setMaxListeners(0, own);
  const options = { scenarios, targets: [target], plan: { seed }, patienceMs: PATIENCE_MS, about, signal: own };
  const asked = { defects: ears, workers: 1, progress: ears.progress };
  const faulty = defect === undefined ? asked : { defects: new Set([defect]), workers: INSTANCES };
  journal.append({ kind: "run-begin", run: about });
  await play({ ...options, ...faulty, now: Date.now }, journal, bodies);
  const checks = PASSIVE_CHECKS.filter(({ requirement }) => passive?.includes(requirement) ?? true);
  const verdicts = verdictsOf({ entries, body: (digest) => bodies.get(digest) }, checks);
  const untold = verdicts.scenarios.some(({ expectations }) => expectations.some(isInconclusive));
  return { ...verdicts, asked: ears.asked, disturbed: untold && entries.some(isStandstill) };
}

function isInconclusive({ verdict }: JudgedRequirement): boolean {
  return verdict === "inconclusive";
}
