import type { Play } from "./execution.js";

/** On a machine that stands still again and again, nothing can be told. */
const ATTEMPTS = 5;

/**
 * Plays anew what nobody can judge because this machine gave no time to play it: its verdicts are as if it had never been played.
 * Rejects when that goes on.
 */
export function undisturbed(play: Play): Play {
  return async (execution) => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const executed = await play(execution);
      if (!executed.disturbed) return executed;
    }
    throw new Error(`this machine stood still in each of ${ATTEMPTS} attempts: try with fewer workers`);
  };
}
