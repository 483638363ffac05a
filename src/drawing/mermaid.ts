import { type DrawnEvent, type DrawnHistory, FATE_MARKS, OVERRULED } from "./drawn-history.js";

/** A history as a Mermaid graph, without the fence around it; the same words as in every other drawing. */
export function mermaid({ events }: DrawnHistory): string {
  const ids = new Map(events.map(({ name }, at) => [name, `n${at + 1}`]));
  const id = (name: string) => ids.get(name) ?? "";
  return [
    "graph TD",
    ...events.map((event) => `  ${id(event.name)}${shaped(event)}`),
    ...events.flatMap(({ name, prev, through = [] }) =>
      prev
        .filter((before) => ids.has(before))
        .map((before) => `  ${id(before)} ${through.includes(before) ? "-.->" : "-->"} ${id(name)}`),
    ),
  ].join("\n");
}

/** State events are boxes, messages rounded, what was refused six-sided. */
function shaped(event: DrawnEvent): string {
  const text = `"${escaped(labelOf(event))}"`;
  if (event.kind === "earlier") return `([${text}])`;
  if (event.fate !== "accepted") return `{{${text}}}`;
  return event.kind === "state" ? `[${text}]` : `(${text})`;
}

/** An event in one line: what became of it, its name, who did what. */
export function labelOf({ name, words, kind, fate, rule, overruled }: DrawnEvent): string {
  const label = kind === "earlier" ? words : `${name}: ${words}`;
  if (fate === "accepted" && overruled === undefined) return label;
  const { symbol, word } = fate === "accepted" ? OVERRULED : FATE_MARKS[fate];
  const by = fate === "accepted" ? overruled : rule;
  return `${symbol} ${label} (${by === undefined ? word : `${word} by ${by}`})`;
}

/** Mermaid reads entities by number; a plain character means itself. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,:;()!?/…“”’'✗◌⊘○↯+-]/gu, (found) => `#${found.codePointAt(0)};`);
}
