import type { RunJson } from "../../report/run-json.js";
import type { Progress } from "../../runner/play.js";
import { type MutantOptions, runWith } from "./execution.js";

/** A place where a scenario was run: with a room version, or without rooms. */
export interface Reach {
  readonly scenario: string;
  readonly roomVersion?: string;
}

export interface SoundRun {
  /** What does not pass without any defect: there a red verdict would prove nothing. */
  readonly unsound: readonly string[];
  /** By name of defect, in which scenarios, and with which room versions, the server asked whether it has it. */
  readonly asked: ReadonlyMap<string, readonly Reach[]>;
}

/**
 * Runs every scenario on the sound server, one after the other, and hears which faults its code asks about meanwhile. A fault that
 * is not asked about in a scenario cannot change it: up to there the faulty server does what the sound one does.
 */
export async function runSound(options: MutantOptions): Promise<SoundRun> {
  const ears = new AskedDefects();
  const { scenarios } = options.project;
  const run = await runWith(scenarios, ears, { ...options, workers: 1 }, ears.progress);
  const places = new Map(
    run.scenarios.map(({ instance, scenario, roomVersion }) => [
      instance,
      { scenario, ...(roomVersion === undefined ? {} : { roomVersion }) },
    ]),
  );
  const asked = [...ears.asked].map(([defect, instances]): [string, readonly Reach[]] => [
    defect,
    [...instances].flatMap((instance) => places.get(instance) ?? []),
  ]);
  return { unsound: unsoundIn(run), asked: new Map(asked) };
}

/** Faults of a server that has none and remembers of which it was asked, and when. */
class AskedDefects extends Set<string> {
  readonly asked = new Map<string, Set<string>>();
  #instance: string | undefined;

  readonly progress: Progress = {
    started: () => {},
    began: (instance) => {
      this.#instance = instance;
    },
    ended: () => {},
  };

  /** Not zero: a server may ask at once whether it has any. */
  override get size(): number {
    return 1;
  }

  override has(defect: string): boolean {
    const instances = this.asked.get(defect) ?? new Set();
    if (this.#instance !== undefined) instances.add(this.#instance);
    this.asked.set(defect, instances);
    return false;
  }
}

function unsoundIn(run: RunJson): readonly string[] {
  const all = [...run.scenarios.flatMap(({ expectations }) => expectations), ...run.passive];
  return all.filter(({ verdict }) => verdict !== "pass").map(({ id, verdict }) => `${verdict} ${id}`);
}
