import type { GraphNode } from "../matrix/dag/topological.js";
import { rowsOf, type Slot } from "./ranks.js";
import { untangled } from "./row-order.js";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line from an event down to one that follows it, through its bends. */
export interface DrawnLine {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
}

export interface Layout {
  /** The middle of each node's upper edge. */
  readonly places: ReadonlyMap<string, Point>;
  readonly lines: readonly DrawnLine[];
  readonly width: number;
  readonly height: number;
}

/** Sizes in the drawing's own units. */
export interface Sizes {
  readonly nodeWidth: number;
  readonly nodeHeight: number;
  /** Between neighbours of a row, and between rows. */
  readonly gapX: number;
  readonly gapY: number;
}

/** Columns of a line that only passes a row, in parts of a node's width. */
const BEND_WIDTH = 0.15;
const ROUNDS = 8;

/** Places for the nodes of a history: time runs down, what happened at once stands side by side. Throws `CycleError`. */
export function layoutHistory(nodes: readonly GraphNode[], sizes: Sizes): Layout {
  const rows = untangled(rowsOf(nodes));
  const middles = placed(rows, sizes);
  const edges = [...middles.values()];
  const left = Math.min(...edges) - sizes.nodeWidth / 2;
  const right = Math.max(...edges) + sizes.nodeWidth / 2;
  const at = new Map<string, Point>();
  for (const [row, slots] of rows.entries()) {
    const y = row * (sizes.nodeHeight + sizes.gapY);
    for (const { name } of slots) at.set(name, { x: Math.round((middles.get(name) ?? 0) - left), y });
  }
  return {
    places: new Map(nodes.map(({ name }) => [name, at.get(name) ?? { x: 0, y: 0 }])),
    lines: linesOf(rows, at, sizes),
    width: rows.length === 0 ? 0 : Math.round(right - left),
    height: Math.max(0, rows.length * (sizes.nodeHeight + sizes.gapY) - sizes.gapY),
  };
}

/** The middle of every slot: as near to its neighbours above and below as those beside it allow. */
function placed(rows: readonly (readonly Slot[])[], sizes: Sizes): ReadonlyMap<string, number> {
  const middles = new Map<string, number>();
  for (const row of rows) for (const [name, x] of packed(row, () => 0, sizes)) middles.set(name, x);
  const below = new Map<string, string[]>();
  for (const { name, from } of rows.flat()) for (const one of from) below.set(one, [...(below.get(one) ?? []), name]);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const row of round % 2 === 0 ? rows : rows.toReversed()) {
      const wish = ({ name, from }: Slot) => mean([...from, ...(below.get(name) ?? [])], middles);
      for (const [name, x] of packed(row, wish, sizes)) middles.set(name, x);
    }
  }
  return middles;
}

function mean(names: readonly string[], middles: ReadonlyMap<string, number>): number {
  const places = names.flatMap((name) => middles.get(name) ?? []);
  return places.reduce((sum, x) => sum + x, 0) / Math.max(1, places.length);
}

/** One row, nothing overlapping: each group of slots that would touch stands around the mean of what its members wish. */
function packed(
  row: readonly Slot[],
  wish: (slot: Slot) => number,
  sizes: Sizes,
): readonly (readonly [string, number])[] {
  interface Group {
    readonly slots: readonly { readonly name: string; readonly offset: number }[];
    readonly wished: number;
    readonly width: number;
  }
  const widthOf = ({ bend }: Slot) => sizes.nodeWidth * (bend ? BEND_WIDTH : 1) + sizes.gapX;
  const groups: Group[] = [];
  for (const slot of row) {
    const width = widthOf(slot);
    let group: Group = { slots: [{ name: slot.name, offset: width / 2 }], wished: wish(slot) - width / 2, width };
    for (
      let last = groups.at(-1);
      last !== undefined && last.wished + last.width > group.wished;
      last = groups.at(-1)
    ) {
      groups.pop();
      const { width: shift, slots, wished } = last;
      const count = slots.length + group.slots.length;
      const start = (wished * slots.length + (group.wished - shift) * group.slots.length) / count;
      const moved = group.slots.map(({ name, offset }) => ({ name, offset: offset + shift }));
      group = { slots: [...slots, ...moved], wished: start, width: shift + group.width };
    }
    groups.push(group);
  }
  return groups.flatMap(({ slots, wished }) => slots.map(({ name, offset }) => [name, wished + offset] as const));
}

function linesOf(
  rows: readonly (readonly Slot[])[],
  at: ReadonlyMap<string, Point>,
  sizes: Sizes,
): readonly DrawnLine[] {
  const slots = new Map(rows.flat().map((slot) => [slot.name, slot]));
  const place = (name: string) => at.get(name) ?? { x: 0, y: 0 };
  const lines: DrawnLine[] = [];
  for (const { name, from, bend } of slots.values()) {
    if (bend) continue;
    for (const start of from) {
      const points: Point[] = [place(name)];
      let before = slots.get(start);
      for (; before?.bend === true; before = slots.get(before.from[0] ?? "")) {
        const { x, y } = place(before.name);
        points.unshift({ x, y }, { x, y: y + sizes.nodeHeight });
      }
      if (before === undefined) continue;
      const { x, y } = place(before.name);
      lines.push({ from: before.name, to: name, points: [{ x, y: y + sizes.nodeHeight }, ...points] });
    }
  }
  return lines;
}
