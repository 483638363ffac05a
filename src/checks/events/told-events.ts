import { Type } from "@sinclair/typebox";
import { authEventIds } from "../../matrix/events/references.js";
import type { JsonObject, JsonValue } from "../../matrix/json.js";
import type { EventId, Pdu } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import { answerOf, tellsEnough, withResponse } from "../answers/responses.js";
import { defineCheck } from "../define.js";
import { eventIdOfName, eventsOfRoom, idOfPdu, pdusOf, roomOf } from "../state/room-events.js";

const closed = { additionalProperties: false } as const;
const room = Type.String({ description: "The name that the room was bound to." });

/** server-server-api#get_matrixfederationv1event_authroomideventid; a create event that the room id names may stay out. */
export const authChainOf = defineCheck({
  name: "auth-chain-of",
  summary:
    "The response's auth chain is that of a named event: all that it rests on, directly or not, and nothing else",
  input: Type.Object({ room, event: Type.String({ description: "The name of an event that has travelled." }) }, closed),
  ofResponse: true,
  judge(view, input) {
    const expected = `exactly the auth chain of “${input.event}”`;
    const facts = roomOf(view, input.room);
    const events = eventsOfRoom(view, facts);
    const chain = chainOf(eventIdOfName(view, input.event), events);
    return withResponse(view, expected, (exchange) => {
      const exchanges = [exchange.id];
      if (typeof chain === "string") return { holds: "unknown", expected, actual: chain, exchanges };
      if (exchange.response?.status !== 200) return { holds: false, expected, actual: answerOf(exchange), exchanges };
      const told = pdusOf(exchange, "response").map((pdu) => idOfPdu(pdu, facts.rules) ?? "something malformed");
      const missing = [...chain].filter((id) => !told.includes(id));
      const extra = told.filter((id) => !chain.has(id) && id !== `$${facts.roomId.slice(1)}`);
      const words = (ids: readonly EventId[]) => ids.map((id) => events.get(id)?.type ?? id).join(", ");
      const problems = [
        ...(missing.length === 0 ? [] : [`missing: ${words(missing)}`]),
        ...(extra.length === 0 ? [] : [`besides: ${words(extra)}`]),
      ];
      const actual = problems.join("; ") || `its ${told.length} events`;
      return { holds: problems.length === 0, expected, actual, exchanges };
    });
  },
});

function chainOf(eventId: EventId, events: ReadonlyMap<EventId, Pdu>): ReadonlySet<EventId> | string {
  const chain = new Set<EventId>();
  const pending = [eventId];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const event = events.get(id);
    if (event === undefined) return `${id} never travelled`;
    const cited = authEventIds(event).filter((next) => !chain.has(next));
    for (const next of cited) chain.add(next);
    pending.push(...cited);
  }
  return chain;
}

/** The room that an event names, or that it founds where create events name none (rooms/v12#room-ids-as-hashes-of-the-create-event). */
function roomIdIn(pdu: JsonObject, rules: RoomVersionRules): JsonValue | undefined {
  if (pdu.room_id !== undefined || pdu.type !== "m.room.create") return pdu.room_id;
  return idOfPdu(pdu, rules)?.replace("$", "!");
}

export const tellsNothingOf = defineCheck({
  name: "tells-nothing-of",
  summary: "The response, be it a refusal, holds no event of a room",
  input: Type.Object({ room }, closed),
  ofResponse: true,
  judge(view, input) {
    const expected = `no event of “${input.room}”`;
    const { roomId, rules } = roomOf(view, input.room);
    return withResponse(view, expected, (exchange) => {
      const exchanges = [exchange.id];
      if (!tellsEnough(exchange)) return { holds: "unknown", expected, actual: answerOf(exchange), exchanges };
      const told = pdusOf(exchange, "response").filter((pdu) => roomIdIn(pdu, rules) === roomId);
      const actual = `${answerOf(exchange)}, ${told.length} of its events`;
      return { holds: told.length === 0, expected, actual, exchanges };
    });
  },
});
