import { authEventIds } from "../../matrix/events/references.js";
import type { EventId } from "../../matrix/pdu.js";
import { splitStateKey } from "../../matrix/state-map.js";
import type { Difference } from "../answers.js";
import { escaped, words } from "../drawing.js";
import { type ResolutionCase, resolutionOf } from "./resolution-case.js";

/** A Markdown page: the events and what authorises them as a Mermaid graph, the states, and where the answer differs. */
export function caseDrawing(posed: ResolutionCase, { expected, given }: Difference): string {
  const { roomVersion, at, events, states } = posed;
  const lines = [
    `# A state resolution of room version ${roomVersion}, ${at}`,
    "",
    "Each event points to those that authorise it.",
    "",
    "```mermaid",
    "graph BT",
    ...[...events.keys()].map((id) => `  ${placeOf(posed, id)}["${labelOf(posed, id)}"]`),
    ...[...events.values()].flatMap(({ eventId, event }) =>
      authEventIds(event).map((authId) => `  ${placeOf(posed, eventId)} --> ${placeOf(posed, authId)}`),
    ),
    "```",
    "",
    `| Entry | ${states.map((_state, index) => `State ${index + 1}`).join(" | ")} | By the text |`,
    `|---|${"---|".repeat(states.length + 1)}`,
    ...rows(posed),
    "",
    `Only expected: ${words(expected)}. Only given: ${words(given)}.`,
    "",
  ];
  return lines.join("\n");
}

function rows(posed: ResolutionCase): string[] {
  const columns = [...posed.states, resolutionOf(posed)];
  const keys = [...new Set(columns.flatMap((state) => [...state.keys()]))];
  const name = (id: EventId | undefined) => (id === undefined ? "" : posed.nameOf(id));
  return keys.map((key) => {
    const entry = splitStateKey(key).join(" ").replaceAll("|", "\\|");
    return `| ${entry} | ${columns.map((state) => name(state.get(key))).join(" | ")} |`;
  });
}

function labelOf(posed: ResolutionCase, id: EventId): string {
  const known = posed.events.get(id);
  if (known === undefined) return "";
  const { sender, type, state_key: key, content, origin_server_ts: time } = known.event;
  const subject = key === undefined || key === "" ? "" : ` of ${key}`;
  const mark = known.rejected ? ", rejected" : "";
  return escaped(`${posed.nameOf(id)}${mark}: ${sender} at ${time}: ${type}${subject} ${JSON.stringify(content)}`);
}

/** Mermaid takes no hyphens followed by letters of its own in names. */
function placeOf(posed: ResolutionCase, id: EventId): string {
  return `n_${posed.nameOf(id).replaceAll(/\W/g, "_")}`;
}
