import { accountWords } from "../../drawing/account-words.js";
import type { DrawnEvent } from "../../drawing/drawn-history.js";
import { asName, eventWords } from "../../drawing/event-words.js";
import { mermaid } from "../../drawing/mermaid.js";
import { authEventIds } from "../../matrix/events/references.js";
import { localpartOf } from "../../matrix/identifiers.js";
import type { EventId, UserId } from "../../matrix/pdu.js";
import { roomVersionRules } from "../../matrix/room-versions.js";
import { splitStateKey } from "../../matrix/state-map.js";
import { accountOfState, type ResolvableEvent } from "../../matrix/state-resolution/resolve.js";
import type { Difference } from "../answers.js";
import { words } from "../drawing.js";
import { type ResolutionCase, resolutionOf } from "./resolution-case.js";

/** A Markdown page: the events and what authorises them as a Mermaid graph, the states, how the text resolves them, and where the answer differs. */
export function caseDrawing(posed: ResolutionCase, { expected, given }: Difference): string {
  const lines = [
    `# A state resolution of room version ${posed.roomVersion}, ${posed.at}`,
    "",
    "Lines lead from each event to those that it authorises. Times are the claimed ones.",
    "",
    "```mermaid",
    mermaid({ events: [...posed.events.values()].map((event) => drawn(posed, event)), left: 0 }),
    "```",
    "",
    `| Entry | ${posed.states.map((_state, at) => `State ${at + 1}`).join(" | ")} | By the text |`,
    `|---|${"---|".repeat(posed.states.length + 1)}`,
    ...rows(posed),
    "",
    `Only expected: ${words(expected)}. Only given: ${words(given)}.`,
    "",
    ...reasons(posed),
    "",
  ];
  return lines.join("\n");
}

function rows(posed: ResolutionCase): string[] {
  const columns = [...posed.states, resolutionOf(posed)];
  const keys = [...new Set(columns.flatMap((state) => [...state.keys()]))];
  const name = (id: EventId | undefined) => (id === undefined ? "" : posed.nameOf(id));
  return keys.map((key) => {
    const entry = splitStateKey(key).join(" ").trim().replaceAll("|", "\\|");
    return `| ${entry} | ${columns.map((state) => name(state.get(key))).join(" | ")} |`;
  });
}

function drawn(posed: ResolutionCase, { eventId, event, rejected }: ResolvableEvent): DrawnEvent {
  return {
    name: posed.nameOf(eventId),
    words: `${eventWords(event, who)}, at ${event.origin_server_ts}`,
    kind: "state",
    fate: rejected ? "rejected" : "accepted",
    prev: authEventIds(event).map((id) => posed.nameOf(id)),
  };
}

function reasons(posed: ResolutionCase): string[] {
  const rules = roomVersionRules(posed.roomVersion);
  const { states, events } = posed;
  const account = accountOfState({ rules, states, event: (id) => events.get(id) });
  const cast = {
    rules,
    who,
    nameOf: (id: EventId) => posed.nameOf(id),
    event: (id: EventId) => events.get(id)?.event,
  };
  return accountWords(account, cast).map(({ text, rule }) => `- ${text}${rule === undefined ? "" : ` (${rule})`}`);
}

function who(userId: UserId): string {
  return asName(localpartOf(userId));
}
