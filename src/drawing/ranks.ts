import { type GraphNode, oneTopologicalOrder } from "../matrix/dag/topological.js";

/** A place in a row: a node, or a bend of a line that passes the row on its way. */
export interface Slot {
  /** The node's name; unique for a bend too. */
  readonly name: string;
  readonly bend: boolean;
  /** The slots of the row before that lines lead from. */
  readonly from: readonly string[];
}

/** The rows of a drawing from the oldest down: each node one row below the lowest of those before it. Throws `CycleError`. */
export function rowsOf(nodes: readonly GraphNode[]): readonly (readonly Slot[])[] {
  const rank = ranks(nodes);
  const rows: Slot[][] = Array.from({ length: Math.max(0, ...rank.values()) + 1 }, () => []);
  for (const { name, prev } of nodes) {
    const at = rank.get(name) ?? 0;
    const from = [...new Set(prev)].flatMap((before) => {
      const start = rank.get(before);
      return start === undefined ? [] : lastOf(bends(rows, { before, name, start, at }));
    });
    rows[at]?.push({ name, bend: false, from });
  }
  return rows.filter((row) => row.length > 0);
}

function lastOf(names: readonly string[]): readonly string[] {
  return names.slice(-1);
}

interface Line {
  readonly before: string;
  readonly name: string;
  readonly start: number;
  readonly at: number;
}

/** Puts a bend into each row that a line passes; gives the names along it. */
function bends(rows: Slot[][], { before, name, start, at }: Line): readonly string[] {
  const along = [before];
  for (let row = start + 1; row < at; row += 1) {
    const bend = `${before}\u0000${name}\u0000${row}`;
    rows[row]?.push({ name: bend, bend: true, from: along.slice(-1) });
    along.push(bend);
  }
  return along;
}

function ranks(nodes: readonly GraphNode[]): ReadonlyMap<string, number> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const rank = new Map<string, number>();
  for (const name of oneTopologicalOrder(nodes)) {
    const before = (byName.get(name)?.prev ?? []).flatMap((prev) => rank.get(prev) ?? []);
    rank.set(name, before.length === 0 ? 0 : Math.max(...before) + 1);
  }
  return rank;
}
