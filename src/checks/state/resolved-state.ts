import { Type } from "@sinclair/typebox";
import { isJsonObject, objectsIn } from "../../matrix/json.js";
import type { EventId, Pdu } from "../../matrix/pdu.js";
import { type StateMap, splitStateKey } from "../../matrix/state-map.js";
import { answerOf, withResponse } from "../answers/responses.js";
import { defineCheck, type Finding } from "../define.js";
import type { JudgeView, SeenExchange } from "../view.js";
import { eventIdOfName, eventsOfRoom, idOfPdu, type RoomFacts, roomOf } from "./room-events.js";
import { oracleState } from "./state-oracle.js";

const closed = { additionalProperties: false } as const;

export const resolvedState = defineCheck({
  name: "resolved-state",
  summary: "The state that a server gives for before an event equals what the specification's algorithm gives",
  input: Type.Object(
    {
      room: Type.String(),
      at: Type.String({ description: "The name of the event before which the state was asked." }),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const expected = `the state before “${input.at}” as the specification's algorithm resolves it`;
    const facts = roomOf(view, input.room);
    return withResponse(view, expected, (exchange) => {
      const given = stateIdsOf(exchange, facts);
      if (given === undefined) return { holds: false, expected, actual: answerOf(exchange), exchanges: [exchange.id] };
      return { ...compared(view, facts, input.at, given), expected, exchanges: [exchange.id] };
    });
  },
});

/** How a state that was given for before an event compares with what the specification's algorithm gives. */
export function compared(
  view: JudgeView,
  facts: RoomFacts,
  at: string,
  given: ReadonlySet<EventId>,
): Pick<Finding, "holds" | "actual"> {
  const oracle = oracleState(view, facts, eventIdOfName(view, at));
  if (typeof oracle === "string") return { holds: "unknown", actual: oracle };
  const difference = differenceOf(oracle, given, eventsOfRoom(view, facts));
  if (difference === undefined) return { holds: true, actual: `the same ${oracle.size} state events` };
  return isOpen(view, facts, { at, given }) ? { holds: true, actual: OTHERWISE } : { holds: false, actual: difference };
}

const OTHERWISE =
  "another state, right where power events are ordered by links within their set alone, which the text does not rule out";

/** Whether the answer is right as the text can be read too: rooms/v2#definitions does not say which graph orders a set. */
function isOpen(
  view: JudgeView,
  facts: RoomFacts,
  { at, given }: { readonly at: string; readonly given: ReadonlySet<EventId> },
): boolean {
  const other = oracleState(view, facts, eventIdOfName(view, at), { ordersInside: true });
  return typeof other !== "string" && differenceOf(other, given, new Map()) === undefined;
}

/** The event ids of a `state` or `state_ids` answer; undefined for any other. */
export function stateIdsOf(exchange: SeenExchange, { rules }: RoomFacts): ReadonlySet<EventId> | undefined {
  const body = exchange.responseJson();
  if (exchange.response?.status !== 200 || !isJsonObject(body)) return undefined;
  const { pdu_ids: ids, pdus } = body;
  if (Array.isArray(ids)) return new Set(ids.map(String));
  if (!Array.isArray(pdus)) return undefined;
  return new Set(objectsIn(pdus).map((pdu) => idOfPdu(pdu, rules) ?? "something malformed"));
}

function differenceOf(
  oracle: StateMap,
  given: ReadonlySet<EventId>,
  events: ReadonlyMap<EventId, Pdu>,
): string | undefined {
  const right = new Set(oracle.values());
  const missing = [...oracle].filter(([, eventId]) => !given.has(eventId)).map(([key]) => splitStateKey(key).join(" "));
  const extra = [...given]
    .filter((eventId) => !right.has(eventId))
    .map((eventId) => describe(events.get(eventId), eventId));
  if (missing.length === 0 && extra.length === 0) return undefined;
  return `another event for ${missing.join("; ") || "nothing"}; given instead: ${extra.join("; ") || "nothing"}`;
}

function describe(event: Pdu | undefined, eventId: EventId): string {
  return event === undefined ? eventId : `${event.type} ${event.state_key ?? ""} by ${event.sender} (${eventId})`;
}
