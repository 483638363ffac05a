import type { Scenario } from "./model.js";

/** Which target sits in each target seat. */
export type TargetSeating = { readonly [seat: string]: string };

/**
 * The seatings of a scenario. One target sits in every target seat. Of several, every ordered pair of two different
 * ones fills the target seats in turn; a scenario with one target seat takes each target once.
 */
export function seatingsOf({ seats }: Scenario, targets: readonly string[]): readonly TargetSeating[] {
  const open = Object.entries(seats).flatMap(([seat, { kind }]) => (kind === "target" ? [seat] : []));
  const rows = targets.length === 1 || open.length === 1 ? targets.map((target) => [target]) : orderedPairs(targets);
  return rows.map((row) => Object.fromEntries(open.map((seat, index) => [seat, row[index % row.length] ?? ""])));
}

function orderedPairs(targets: readonly string[]): readonly (readonly string[])[] {
  return targets.flatMap((first) => targets.flatMap((second) => (first === second ? [] : [[first, second]])));
}
