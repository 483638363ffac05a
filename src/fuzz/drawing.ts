import type { DrawnEvent } from "../drawing/drawn-history.js";
import { asName, eventWords } from "../drawing/event-words.js";
import { mermaid } from "../drawing/mermaid.js";
import type { Difference } from "./answers.js";
import { type FuzzNode, type RoomHistory, START } from "./history.js";

/** A Markdown page: the history as a Mermaid graph, and what was expected and given where they differ. */
export function drawing(history: RoomHistory, differences: readonly Difference[]): string {
  const start: DrawnEvent = {
    name: START,
    words: "the target's user joins",
    kind: "state",
    fate: "accepted",
    prev: [],
  };
  const lines = [
    `# A history of room version ${history.roomVersion}`,
    "",
    "Time runs down; lines lead from each event to those that follow it. Claimed times are in milliseconds after the start.",
    "",
    "```mermaid",
    mermaid({ events: [start, ...history.nodes.map(drawnNode)], left: 0 }),
    "```",
    "",
    `Sent in this order: ${history.delivery.join(", ")}.`,
    "",
    "| Asked | At | Only expected | Only given |",
    "|---|---|---|---|",
    ...differences.map(({ kind, at, expected, given }) => `| ${kind} | ${at} | ${words(expected)} | ${words(given)} |`),
    "",
  ];
  return lines.join("\n");
}

/** Nothing is said of what becomes of it: that is what is in question. */
function drawnNode({ name, by, type, key, content, prev, at }: FuzzNode): DrawnEvent {
  const event = { type, sender: `\${${by}}`, content, ...(key === undefined ? {} : { state_key: key }) };
  const said = eventWords(event, (user) => asName(user.replace(/^\$\{(\w+)\}$/, "$1")));
  return { name, words: `${said}, at ${at}`, kind: key === undefined ? "message" : "state", fate: "accepted", prev };
}

/** Names in a table; what there is none of, in a word. */
export function words(given: readonly string[] | string): string {
  const text = typeof given === "string" ? given : given.join(", ");
  return text === "" ? "nothing" : text.replaceAll("|", "\\|");
}
