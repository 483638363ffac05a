import { inWords } from "../../drawing/account-words.js";
import { drawHistory, upTo } from "../../drawing/draw.js";
import { TEXT_LEGEND, textGraph } from "../../drawing/text-graph.js";
import type { ToldHistory } from "../../drawing/told-history.js";
import type { Requirements } from "../../requirements/catalogue.js";
import type { Deciding } from "./deciding.js";

/** A history up to where it is decided, what decides it, and what the other answer would be: lines of text. */
export function exampleLines(
  told: ToldHistory,
  place: Deciding,
  { about, requirements }: { readonly about: string; readonly requirements: Requirements },
): readonly string[] {
  return place.kind === "event"
    ? eventLines(told, place, requirements)
    : stateLines(told, place, { about, requirements });
}

/** All of a history that has names. */
export function drawingLines(told: ToldHistory): readonly string[] {
  return [...textGraph(drawHistory(told)).map((line) => `  ${line}`), "", `  ${TEXT_LEGEND}`];
}

function upToLines(told: ToldHistory, ids: readonly string[], asked: readonly string[]): readonly string[] {
  const names = ids.flatMap((id) => told.material.names.get(id) ?? []);
  const drawing = drawHistory(told, asked);
  const part = names.length === 0 ? drawing : upTo(drawing, names);
  return [...textGraph(part).map((line) => `  ${line}`), "", `  ${TEXT_LEGEND}`];
}

function eventLines(
  told: ToldHistory,
  { id, refused }: Extract<Deciding, { kind: "event" }>,
  requirements: Requirements,
): readonly string[] {
  const arrival = told.arrivals.get(id);
  const verdict = arrival?.rejected === true ? arrival.verdict : (arrival?.softFailure ?? arrival?.verdict);
  const name = told.quoted(id);
  const reason = verdict === undefined || verdict.allowed ? "" : inWords(verdict.reason, told.material);
  const hidden = arrival?.softFailed === true;
  const does = refused ? (hidden ? "is kept from users, as the room has moved on" : "is refused") : "is allowed";
  return [
    // What is kept from users is allowed by its own past: the rest of the room has to be seen too.
    ...upToLines(told, [id, ...(arrival?.softFailed === true ? arrival.extremities : [])], []),
    "",
    `Decided: ${name} ${does}${reason === "" ? "" : `: ${reason}`}.`,
    ...(verdict === undefined ? [] : [`  ${ruleLine(verdict.rule, requirements)}`]),
    `Otherwise: ${otherwise(told, id, refused)}`,
  ];
}

function otherwise(told: ToldHistory, id: string, refused: boolean): string {
  const change = told.consequence(id);
  const name = told.quoted(id);
  if (change === undefined) {
    return refused ? `${name} would be shown to everybody in the room.` : `${name} would be seen by nobody.`;
  }
  const { entry, right, given = "" } = change;
  return refused
    ? `${name} would take effect, and ${entry} would be ${given}, in place of ${right}.`
    : `${name} would have no effect, and ${entry} would stay ${right}, in place of ${given}.`;
}

function stateLines(
  told: ToldHistory,
  { before }: Extract<Deciding, { kind: "state" }>,
  { about, requirements }: { readonly about: string; readonly requirements: Requirements },
): readonly string[] {
  const { joined, decisions } = told.reasoning(before);
  const steps = decisions.map(({ text, rule, decides }, at) => {
    const by = rule === undefined ? "" : ` (${rule})`;
    const mark = rule === about ? "  <- by this requirement" : decides === true ? "  <- decides" : "";
    return `  ${String(at + 1).padStart(2)}. ${text}${by}${mark}`;
  });
  const rules = [...new Set(decisions.flatMap(({ rule, decides }) => (decides === true ? (rule ?? []) : [])))];
  const others = told.otherAnswers(before).filter(({ given }) => given !== undefined && given !== "");
  const asked = before === undefined ? [] : [before];
  return [
    ...upToLines(told, asked, asked),
    "",
    `Where ${joined.join(" and ")} come together:`,
    ...steps,
    ...rules.map((rule) => `  ${ruleLine(rule, requirements)}`),
    "",
    "By the rules, and otherwise:",
    ...others.map(({ entry, right, given }) => `  ${entry}: ${right}; otherwise ${given}`),
  ];
}

function ruleLine(rule: string, requirements: Requirements): string {
  const text = requirements.get(rule)?.text;
  return text === undefined ? rule : `${rule}: ${text}`;
}
