import type { Verdict } from "../evidence/verdict.js";
import type { RunJson } from "./run-json.js";

/** Every expectation whose verdict is not the baseline's, one line each; also those that only one of the two runs has. */
export function differencesFrom(baseline: RunJson, run: RunJson): readonly string[] {
  const before = verdictsOf(baseline);
  const after = verdictsOf(run);
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
  return ids.flatMap((id) => {
    const was = before.get(id) ?? "absent";
    const is = after.get(id) ?? "absent";
    return was === is ? [] : [`${id}: ${was} in the baseline, now ${is}`];
  });
}

/** Passive results are named after servers, whose names every run draws anew: the target's name stands for them. */
function verdictsOf(run: RunJson): ReadonlyMap<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  for (const { expectations } of run.scenarios) for (const { id, verdict } of expectations) verdicts.set(id, verdict);
  for (const { id, server, verdict } of run.passive) {
    const target = run.targets.find(({ serverNames }) => serverNames.includes(server));
    const copy = target === undefined ? 0 : target.serverNames.indexOf(server) + 1;
    verdicts.set(id.replace(server, `${target?.name ?? server} ${copy}`), verdict);
  }
  return verdicts;
}
