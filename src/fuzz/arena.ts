import { EvidenceIndex } from "../checks/evidence-index.js";
import type { Journal } from "../evidence/journal.js";
import { FIRST_PREV } from "../evidence/journal.js";
import type { ExchangeRecorder } from "../evidence/recorder.js";
import type { Lab } from "../lab/lab.js";
import { openLab } from "../lab/open-lab.js";
import { type FleetMember, startFleet } from "../runner/fleet.js";
import { labFor } from "../targets/start.js";
import type { TargetFile } from "../targets/target-document.js";
import { Tapes } from "./tape.js";

export interface ArenaOptions {
  readonly runId: string;
  readonly targets: readonly TargetFile[];
  readonly image?: string;
  /** Switched on in embedded targets. */
  readonly defects?: ReadonlySet<string>;
  readonly seed: string;
  readonly signal: AbortSignal;
  now(): number;
}

/** Servers under test in a lab, one of each target, for all histories of a run. */
export interface Arena {
  readonly lab: Lab;
  readonly members: readonly FleetMember[];
  readonly tapes: Tapes;
  readonly recorder: ExchangeRecorder;
  close(): Promise<void>;
}

/** Starts everything. Rejects with TargetError or LabError, leaving nothing behind. */
export async function openArena(options: ArenaOptions): Promise<Arena> {
  const { runId, targets, image, defects, seed, signal, now } = options;
  const tapes = new Tapes();
  const record = (exchange: Parameters<Tapes["record"]>[0]) => {
    tapes.record(exchange);
    return "";
  };
  const recorder = { record };
  const lab = await openLab({
    runId,
    ...labFor(targets),
    recorder: { record: (exchange) => record({ kind: "federation", ...exchange }) },
    note: () => undefined,
    // Not the run's own signal: the network can only go after the containers.
    signal: new AbortController().signal,
  });
  try {
    const services = { lab, journal: noJournal(now), index: new EvidenceIndex(() => undefined), recorder, seed, now };
    const slots = targets.map(({ name }) => ({ target: name, preset: "testing" as const, apart: false, copy: 1 }));
    const files = new Map(targets.map((file) => [file.name, file]));
    const fleet = await startFleet(services, slots, {
      files,
      signal,
      ...(image === undefined ? {} : { image }),
      ...(defects === undefined ? {} : { defects }),
    });
    const members = [...fleet.values()];
    const close = async () => {
      await Promise.all(members.map(({ started }) => started.stop()));
      await lab.close();
    };
    return { lab, members, tapes, recorder, close };
  } catch (error) {
    await lab.close();
    throw error;
  }
}

/** What is kept of a fuzz run are its differences; their exchanges are on their tapes. */
function noJournal(now: () => number): Journal {
  return {
    length: 0,
    append: (body) => ({ seq: 0, at: now(), prev: FIRST_PREV, ...body }),
    onEntry: () => undefined,
    close: () => undefined,
  };
}
