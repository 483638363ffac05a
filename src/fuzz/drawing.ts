import type { Difference } from "./answers.js";
import { type FuzzNode, type RoomHistory, START } from "./history.js";

/** A Markdown page: the history as a Mermaid graph, and what was expected and given where they differ. */
export function drawing(history: RoomHistory, differences: readonly Difference[]): string {
  const lines = [
    `# A history of room version ${history.roomVersion}`,
    "",
    "Each event points to those before it. Times are in milliseconds after the start.",
    "",
    "```mermaid",
    "graph BT",
    `  ${START}(["${START}: the target's user joins"])`,
    ...history.nodes.map((node) => `  ${node.name}["${labelOf(node)}"]`),
    ...history.nodes.flatMap(({ name, prev }) => prev.map((before) => `  ${name} --> ${before}`)),
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

function labelOf({ name, by, type, key, content, at }: FuzzNode): string {
  const subject = key === undefined || key === "" ? "" : ` of ${key.replaceAll(/[${}]/g, "")}`;
  const what = type.replace(/^m\.room\./, "");
  return escaped(
    `${name}: ${by} at ${at}: ${what}${subject} ${JSON.stringify(content).replaceAll(/\$\{(\w+)\}/g, "$1")}`,
  );
}

/** Mermaid ends a text at a quotation mark, and knows entities by name. */
export function escaped(text: string): string {
  return text.replaceAll("#", "#35;").replaceAll('"', "#quot;");
}

/** Names in a table; what there is none of, in a word. */
export function words(given: readonly string[] | string): string {
  const text = typeof given === "string" ? given : given.join(", ");
  return text === "" ? "nothing" : text.replaceAll("|", "\\|");
}
