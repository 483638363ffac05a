import { type DrawnEvent, FATE_MARKS, OVERRULED } from "../../drawing/drawn-history.js";
import type { DrawnLine, Point } from "../../drawing/layout.js";
import { oneLine } from "../sanitise.js";
import { clip } from "./clip.js";

/** The size of a node, in user units of the SVG. */
export const NODE = { nodeWidth: 216, nodeHeight: 74, gapX: 22, gapY: 34 } as const;

/** Characters in a line of a node, and lines of words. */
const LINE = 27;
const LINES = 2;

/** One event: its name, who did what, and what became of it. State events have corners and a bar, messages are round. */
export function EventNode({
  event,
  at,
  asked,
}: {
  readonly event: DrawnEvent;
  readonly at: Point;
  readonly asked: boolean;
}) {
  const { nodeWidth: width, nodeHeight: height } = NODE;
  const left = at.x - width / 2;
  const { symbol, word } = FATE_MARKS[event.fate];
  if (event.kind === "earlier") {
    return (
      <g class="event earlier">
        <rect x={left + 20} y={at.y + height - 38} width={width - 40} height="38" rx="19" />
        <text x={at.x} y={at.y + height - 15} text-anchor="middle">
          {oneLine(event.words)}
        </text>
      </g>
    );
  }
  const lines = wrapped(event.words, LINE, LINES);
  const fate = event.rule === undefined ? word : `${word}: ${event.rule}`;
  const note = event.fate === "accepted" ? overruledWords(event) : `${symbol} ${fate}`;
  return (
    <g class={`event ${event.kind} ${event.fate}${event.overruled === undefined ? "" : " overruled"}`}>
      <rect x={left} y={at.y} width={width} height={height} rx={event.kind === "state" ? 2 : 18} />
      {event.kind === "state" && <rect class="stateful" x={left} y={at.y} width="6" height={height} />}
      <text class="name" x={left + 14} y={at.y + 18}>
        {`${asked ? "▶ " : ""}${clip(event.name, LINE - 6)}`}
      </text>
      {lines.map((line, index) => (
        <text key={line} class="words" x={left + 14} y={at.y + 34 + index * 15}>
          {line}
        </text>
      ))}
      {note !== undefined && (
        <text class="fate" x={left + 14} y={at.y + height - 8}>
          {clip(note, LINE + 4)}
        </text>
      )}
    </g>
  );
}

function overruledWords({ overruled }: DrawnEvent): string | undefined {
  return overruled === undefined ? undefined : `${OVERRULED.symbol} ${OVERRULED.word}: ${overruled}`;
}

/** A line from an event to one that follows it; dashed where events between them are not drawn. */
export function HistoryLine({
  line,
  through,
  marker,
}: {
  readonly line: DrawnLine;
  readonly through: boolean;
  readonly marker: string;
}) {
  return <path class={through ? "line through" : "line"} d={curve(line.points)} marker-end={marker} />;
}

/** Leaves and arrives straight down, so that it is seen where time goes. */
function curve(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (start === undefined) return "";
  let at = start;
  const parts = [`M${start.x} ${start.y}`];
  for (const [index, point] of rest.entries()) {
    const y = index === rest.length - 1 ? point.y - 3 : point.y;
    const half = (at.y + y) / 2;
    parts.push(at.x === point.x ? `V${y}` : `C${at.x} ${half} ${point.x} ${half} ${point.x} ${y}`);
    at = point;
  }
  return parts.join(" ");
}

/** Words in lines of at most so many characters; what does not fit is cut, and shown to be. */
export function wrapped(text: string, width: number, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of oneLine(text).split(" ")) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const shown = lines.slice(0, most).map((line) => clip(line, width));
  const last = shown.at(-1);
  if (lines.length > most && last !== undefined) shown[shown.length - 1] = `${clip(last, width - 2)} …`;
  return shown;
}
