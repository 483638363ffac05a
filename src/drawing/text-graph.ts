import { oneTopologicalOrder } from "../matrix/dag/topological.js";
import type { DrawnEvent, DrawnHistory } from "./drawn-history.js";
import { labelOf } from "./mermaid.js";

/** How events stand in a drawing of plain characters. */
const MARKS = { state: "*", message: "o", earlier: ":" } as const;

/** What the characters of a text drawing mean. */
export const TEXT_LEGEND = "Time runs down. * changes the room's state, o does not, x is not accepted.";

/**
 * A history in lines of plain characters, the oldest event first, branches side by side:
 *
 *     *    start: Tess joins
 *     +-.
 *     * |  topic: Bob sets the topic to “Budget”
 *     | *  ban: Ann bans Bob
 *     +-'
 *     o    merge: Ann writes
 *
 * Throws `CycleError`.
 */
export function textGraph({ events }: DrawnHistory): readonly string[] {
  const byName = new Map(events.map((event) => [event.name, event]));
  const next = followers(events);
  const rows: { readonly graph: string; readonly event?: DrawnEvent }[] = [];
  // Each lane is a line that waits for the event of that name.
  let lanes: (string | undefined)[] = [];
  for (const name of oneTopologicalOrder(events)) {
    const event = byName.get(name);
    if (event === undefined) continue;
    const waiting = lanesOf(lanes, name);
    const at = waiting[0] ?? freeLane(lanes);
    if (waiting.length > 1) rows.push({ graph: joint(lanes, waiting, "'") });
    lanes = lanes.map((lane) => (lane === name ? undefined : lane));
    lanes[at] = undefined;
    rows.push({ graph: row(lanes, at, markOf(event)), event });
    const after = next.get(name) ?? [];
    const taken: number[] = [];
    for (const follower of after) {
      const lane = taken.length === 0 ? at : freeLane(lanes);
      lanes[lane] = follower;
      taken.push(lane);
    }
    if (taken.length > 1) rows.push({ graph: joint(lanes, taken, ".") });
  }
  const width = Math.max(0, ...rows.map(({ graph }) => graph.trimEnd().length));
  return rows.map(({ graph, event }) =>
    event === undefined ? graph.trimEnd() : `${graph.trimEnd().padEnd(width)}  ${labelOf(event)}`,
  );
}

function markOf({ kind, fate }: DrawnEvent): string {
  return fate === "accepted" ? MARKS[kind] : "x";
}

function followers(events: readonly DrawnEvent[]): ReadonlyMap<string, readonly string[]> {
  const next = new Map<string, string[]>(events.map(({ name }) => [name, []]));
  for (const { name, prev } of events) for (const before of new Set(prev)) next.get(before)?.push(name);
  return next;
}

function lanesOf(lanes: readonly (string | undefined)[], name: string): readonly number[] {
  return lanes.flatMap((lane, at) => (lane === name ? [at] : []));
}

function freeLane(lanes: readonly (string | undefined)[]): number {
  const free = lanes.indexOf(undefined);
  return free === -1 ? lanes.length : free;
}

function row(lanes: readonly (string | undefined)[], at: number, mark: string): string {
  const count = Math.max(lanes.length, at + 1);
  const cells = Array.from({ length: count }, (_, lane) =>
    lane === at ? mark : lanes[lane] === undefined ? " " : "|",
  );
  return cells.join(" ");
}

/** A row in which lanes come together or part: a line from the first to the last of them, crossing those between. */
function joint(lanes: readonly (string | undefined)[], joined: readonly number[], end: "." | "'"): string {
  const [first, last] = [Math.min(...joined), Math.max(...joined)];
  const cell = (lane: number) => {
    if (lane === first) return "+";
    if (joined.includes(lane)) return lane === last ? end : "+";
    if (lanes[lane] !== undefined) return "|";
    return lane > first && lane < last ? "-" : " ";
  };
  const cells = Array.from({ length: Math.max(lanes.length, last + 1) }, (_, lane) => cell(lane));
  return cells.map((mark, lane) => `${mark}${lane >= first && lane < last ? "-" : " "}`).join("");
}
