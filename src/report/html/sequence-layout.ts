import type { RunScenario, SequenceArrow } from "../run-json.js";

export interface Lifeline {
  readonly name: string;
  /** The server that sat there; undefined for users. */
  readonly server?: string;
  readonly x: number;
}

export type DrawnRow =
  | {
      readonly kind: "arrow";
      readonly arrow: SequenceArrow;
      readonly fromX: number;
      readonly toX: number;
      readonly y: number;
      /** No HTTP answer, an error status, or neither. */
      readonly tone: "answered" | "refused" | "lost";
      readonly cited: boolean;
    }
  | { readonly kind: "gap"; readonly y: number; readonly left: number };

export interface SequenceLayout {
  readonly lifelines: readonly Lifeline[];
  readonly rows: readonly DrawnRow[];
  readonly width: number;
  readonly height: number;
  /** Characters that fit between two neighbouring lifelines. */
  readonly labelLimit: number;
}

/** More arrows than this make a drawing nobody reads: the first and the last are drawn, the middle is said to be left out. */
export const ARROWS_DRAWN = 60;
const AT_THE_END = 20;

const TIMES = 78;
const TOP = 64;
const ROW = 40;

/** Places for everything in the drawing, in SVG user units. Seats come in the scenario's order, then users as they appear. */
export function layoutSequence(scenario: RunScenario, cited: ReadonlySet<string>): SequenceLayout {
  const names = participants(scenario);
  const gap = names.length <= 2 ? 360 : names.length === 3 ? 270 : 210;
  const xOf = (name: string) => TIMES + 80 + names.indexOf(name) * gap;
  const rows = abbreviate(scenario.sequence).map((item, index): DrawnRow => {
    const y = TOP + 34 + index * ROW;
    if (typeof item === "number") return { kind: "gap", y, left: item };
    const ends = { fromX: xOf(item.from), toX: xOf(item.to) };
    return { kind: "arrow", arrow: item, ...ends, y, tone: toneOf(item.result), cited: cited.has(item.exchange) };
  });
  return {
    lifelines: names.map((name) => lifeline(name, xOf(name), scenario)),
    rows,
    width: TIMES + 160 + (names.length - 1) * gap,
    height: TOP + 30 + rows.length * ROW,
    labelLimit: Math.floor((gap - 24) / 6.3),
  };
}

/** The arrows to draw; a number stands for that many left out. */
export function abbreviate(sequence: readonly SequenceArrow[]): readonly (SequenceArrow | number)[] {
  if (sequence.length <= ARROWS_DRAWN) return sequence;
  const head = sequence.slice(0, ARROWS_DRAWN - AT_THE_END);
  return [...head, sequence.length - ARROWS_DRAWN, ...sequence.slice(-AT_THE_END)];
}

function participants(scenario: RunScenario): readonly string[] {
  const drawn = abbreviate(scenario.sequence).filter((item) => typeof item !== "number");
  const present = new Set(drawn.flatMap(({ from, to }) => [from, to]));
  const seats = Object.keys(scenario.seats).filter((seat) => present.has(seat));
  return [...seats, ...[...present].filter((name) => !seats.includes(name))];
}

function lifeline(name: string, x: number, { seats }: RunScenario): Lifeline {
  const seated = Object.hasOwn(seats, name) ? seats[name] : undefined;
  return seated === undefined ? { name, x } : { name, x, server: seated.target ?? seated.serverName };
}

function toneOf(result: string): "answered" | "refused" | "lost" {
  if (!/^[1-5]\d\d\b/u.test(result)) return "lost";
  return /^[45]/u.test(result) ? "refused" : "answered";
}
