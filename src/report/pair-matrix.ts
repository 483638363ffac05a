import type { Impact, Verdict } from "../evidence/verdict.js";
import { type Counts, countVerdicts, rollUp, worstImpact } from "./roll-up.js";
import type { RunJson, RunTarget } from "./run-json.js";
import { type Placed, placedResults, seatedFinder } from "./run-targets.js";

/** What one server owed while another sat across from it. Directed: (A, B) and (B, A) are two cells. */
export interface PairCell {
  readonly verdict: Verdict;
  readonly counts: Counts;
  readonly impact?: Impact;
  readonly scenarios: number;
  /** The first result of the cell's own verdict: where a reader should look. */
  readonly shows: Placed;
}

export interface PairRow {
  readonly charged: RunTarget;
  /** One for each target in the order of the run, then one for scenarios with no other target; undefined: never paired. */
  readonly cells: readonly (PairCell | undefined)[];
}

/** Rows: the target charged. Columns: the target in another seat, itself included; last, only Concordat's own peers. */
export function pairMatrix(run: RunJson): readonly PairRow[] {
  const targetIn = seatedFinder(run.targets);
  const placed = placedResults(run).flatMap((one) => {
    if (one.scenario === undefined) return [];
    const others = Object.entries(one.scenario.seats).filter(([seat]) => seat !== one.result.of);
    return [{ one, opposite: new Set(others.flatMap(([, seated]) => targetIn(seated) ?? [])) }];
  });
  return run.targets.map((charged) => {
    const own = placed.filter(({ one }) => one.target === charged);
    const facing = run.targets.map((other) =>
      cellOf(own.flatMap(({ one, opposite }) => (opposite.has(other) ? one : []))),
    );
    return {
      charged,
      cells: [...facing, cellOf(own.flatMap(({ one, opposite }) => (opposite.size === 0 ? one : [])))],
    };
  });
}

function cellOf(placed: readonly Placed[]): PairCell | undefined {
  const verdict = rollUp(placed.map(({ result }) => result.verdict));
  const shows = placed.find(({ result }) => result.verdict === verdict);
  if (shows === undefined) return undefined;
  const impact = worstImpact(placed.map(({ result }) => result));
  const scenarios = new Set(placed.map(({ scenario }) => scenario)).size;
  return {
    verdict,
    counts: countVerdicts(placed.map(({ result }) => result.verdict)),
    scenarios,
    shows,
    ...(impact && { impact }),
  };
}
