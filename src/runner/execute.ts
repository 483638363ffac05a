import { setMaxListeners } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { bodiesIn } from "../evidence/bodies.js";
import { openJournal } from "../evidence/journal.js";
import { makeFolder } from "../evidence/make-folder.js";
import { planInstances } from "../scenario/plan.js";
import { EVIDENCE_FOLDER } from "./judge-run.js";
import { type PlayOptions, play } from "./play.js";
import { playInProcesses } from "./play-in-processes.js";

export interface ExecuteOptions extends Omit<PlayOptions, "part"> {
  /** Made, with its parents, when missing. */
  readonly folder: string;
  /** How many processes play; as many as suit the machine and the work unless given. */
  readonly processes?: number;
}

/**
 * One execution: servers up, every planned instance played, servers down. Everything is in the folder's journal afterwards.
 * Returns the number of instances. Rejects with TargetError or LabError when the servers cannot be had; stops early, leaving a
 * journal without an end, when the signal is aborted.
 */
export async function execute(options: ExecuteOptions): Promise<number> {
  makeFolder(options.folder);
  // Every request of the run listens to it.
  setMaxListeners(0, options.signal);
  const journal = openJournal(options.folder, options.now);
  try {
    journal.append({ kind: "run-begin", run: options.about });
    const processes = options.processes ?? processesFor(options);
    const instances = await (processes > 1
      ? playInProcesses(options, journal, processes)
      : play(options, journal, bodiesIn(join(options.folder, EVIDENCE_FOLDER))));
    journal.append({ kind: "run-end", endedAt: options.now() });
    return instances;
  } finally {
    journal.close();
  }
}

/** Fewer instances are over before a second process could help. */
const INSTANCES_FOR_A_PROCESS = 60;

/** One, unless all servers are Concordat's own: others do their work elsewhere, and each process needs servers of its own. */
function processesFor({ targets, scenarios, plan }: ExecuteOptions): number {
  if (targets.some(({ driver }) => driver !== "embedded")) return 1;
  const offered = targets.map(({ name, room_versions: roomVersions }) => ({ name, roomVersions }));
  const { length } = planInstances(scenarios, { ...plan, targets: offered });
  return Math.min(availableParallelism(), Math.ceil(length / INSTANCES_FOR_A_PROCESS));
}
