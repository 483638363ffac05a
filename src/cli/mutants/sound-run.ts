import type { Scenario } from "../../scenario/model.js";
import type { Executed, Play } from "./execution.js";

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
 * Runs every scenario on sound servers of its own, and hears which faults their code asks about meanwhile. A fault that is not asked
 * about in a scenario cannot change it: up to there the faulty server does what the sound one does.
 */
export async function runSound(scenarios: readonly Scenario[], play: Play, signal: AbortSignal): Promise<SoundRun> {
  const runs = await Promise.all(
    scenarios.map(async (scenario) => {
      try {
        return soundIn(await play({ scenarios: [scenario] }));
      } catch (error) {
        signal.throwIfAborted();
        return { unsound: [`error ${scenario.id}: ${error instanceof Error ? error.message : error}`], asked: [] };
      }
    }),
  );
  const asked = new Map<string, Reach[]>();
  for (const [defect, places] of runs.flatMap((run) => run.asked)) {
    asked.set(defect, [...(asked.get(defect) ?? []), ...places]);
  }
  return { unsound: runs.flatMap((run) => run.unsound), asked };
}

function soundIn({ scenarios, passive, asked }: Executed) {
  const all = [...scenarios.flatMap(({ expectations }) => expectations), ...passive];
  const reachOf = (instances: ReadonlySet<string>) =>
    scenarios
      .filter(({ instance }) => instances.has(instance))
      .map(({ scenario, roomVersion }): Reach => ({ scenario, ...(roomVersion === undefined ? {} : { roomVersion }) }));
  return {
    unsound: all.filter(({ verdict }) => verdict !== "pass").map(({ id, verdict }) => `${verdict} ${id}`),
    asked: [...asked].map(([defect, instances]) => [defect, reachOf(instances)] as const),
  };
}
