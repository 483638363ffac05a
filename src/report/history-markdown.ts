import type { DrawnEvent, DrawnHistory } from "../drawing/drawn-history.js";
import { mermaid } from "../drawing/mermaid.js";
import type { RunHistory, RunState } from "./run-json.js";
import { cutText, markdownCode, markdownText, oneLine } from "./sanitise.js";
import { plural } from "./words.js";

/** Characters of an event's words in a drawing. */
const WORDS = 120;

/** What happened in a room, as a drawing, the answers that differ from what must be, and what decides. */
export function historyBlock({ room, roomVersion, seat, drawing, states }: RunHistory): string {
  const wrong = states.filter(
    ({ entries, remark }) => remark === undefined && entries.some(({ given }) => given !== undefined),
  );
  const left = drawing.left > 0 ? ` ${plural(drawing.left, "other event")} are left out.` : "";
  return [
    `What happened in the room ${markdownCode(room)} (version ${markdownText(roomVersion)}), as ${markdownCode(seat)} got it.${left}`,
    `\`\`\`mermaid\n${mermaid(onOneLine(drawing))}\n\`\`\``,
    ...wrong.flatMap(answerBlocks),
  ].join("\n\n");
}

/** Its words without what is invisible or reorders text. */
export function onOneLine({ events, left }: DrawnHistory): DrawnHistory {
  const clean = (text: string) => oneLine(cutText(text, WORDS).text);
  const cleaned = events.map((event): DrawnEvent => ({ ...event, words: clean(event.words) }));
  return { events: cleaned.map((event) => ({ ...event, name: clean(event.name), prev: event.prev.map(clean) })), left };
}

function answerBlocks({ at, entries, decisions }: RunState): readonly string[] {
  const of = at === undefined ? "Current state" : `State before ${markdownText(at)}`;
  const rows = entries.flatMap(({ entry, right, given }) =>
    given === undefined ? [] : [`| ${markdownText(entry)} | ${markdownText(right)} | ✗ ${markdownText(given)} |`],
  );
  const deciding = decisions.filter(({ decides }) => decides);
  const reasons = deciding.map(
    ({ text, rule }) => `- ${markdownText(text)}${rule === undefined ? "" : ` (${markdownCode(rule)})`}`,
  );
  return [
    [`| ${of} | By the rules | By the server |`, "|---|---|---|", ...rows].join("\n"),
    ...(reasons.length === 0 ? [] : [`What decides:\n\n${reasons.join("\n")}`]),
  ];
}
