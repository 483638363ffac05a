import type { Slot } from "./ranks.js";

const SWEEPS = 6;

/** The rows with their slots so arranged that lines cross as little as a few sweeps can bring about. */
export function untangled(rows: readonly (readonly Slot[])[]): readonly (readonly Slot[])[] {
  let best = rows;
  let fewest = crossings(rows);
  let now = rows;
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    now = sweep % 2 === 0 ? downwards(now) : upwards(now);
    const count = crossings(now);
    if (count < fewest) [best, fewest] = [now, count];
  }
  return best;
}

function downwards(rows: readonly (readonly Slot[])[]): readonly (readonly Slot[])[] {
  const sorted: (readonly Slot[])[] = [];
  for (const row of rows) {
    const above = placesIn(sorted.at(-1) ?? []);
    sorted.push(byMean(row, ({ from }) => from.flatMap((name) => above.get(name) ?? [])));
  }
  return sorted;
}

function upwards(rows: readonly (readonly Slot[])[]): readonly (readonly Slot[])[] {
  const sorted: (readonly Slot[])[] = [];
  for (const row of rows.toReversed()) {
    const below = sorted.at(-1) ?? [];
    const places = placesIn(below);
    const next = ({ name }: Slot) =>
      below.filter(({ from }) => from.includes(name)).map((slot) => places.get(slot.name) ?? 0);
    sorted.push(byMean(row, next));
  }
  return sorted.reverse();
}

/** Slots without a neighbour keep their place. */
function byMean(row: readonly Slot[], neighbours: (slot: Slot) => readonly number[]): readonly Slot[] {
  const weighed = row.map((slot, at) => {
    const places = neighbours(slot);
    return { slot, mean: places.length === 0 ? at : places.reduce((sum, place) => sum + place, 0) / places.length };
  });
  return weighed.sort((a, b) => a.mean - b.mean).map(({ slot }) => slot);
}

function placesIn(row: readonly Slot[]): ReadonlyMap<string, number> {
  return new Map(row.map(({ name }, at) => [name, at]));
}

/** How often lines between neighbouring rows cross. */
export function crossings(rows: readonly (readonly Slot[])[]): number {
  return rows.reduce((sum, row, at) => sum + crossingsBetween(placesIn(rows[at - 1] ?? []), row), 0);
}

function crossingsBetween(above: ReadonlyMap<string, number>, row: readonly Slot[]): number {
  const lines = row.flatMap(({ from }, bottom) => from.map((name) => ({ top: above.get(name) ?? 0, bottom })));
  let count = 0;
  for (const [at, one] of lines.entries()) {
    for (const other of lines.slice(at + 1)) if ((one.top - other.top) * (one.bottom - other.bottom) < 0) count += 1;
  }
  return count;
}
