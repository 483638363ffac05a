import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonObject, member } from "../../matrix/json.js";
import { withResponse } from "../answers/responses.js";
import { defineCheck } from "../define.js";
import { idOfPdu, pdusOf, roomOf } from "../state/room-events.js";
import type { SeenExchange } from "../view.js";

const closed = { additionalProperties: false } as const;

/** appendices#room-ids: where the room id follows from the create event. */
export const createMakesRoomId = defineCheck({
  name: "create-makes-room-id",
  summary: "The create event in the response gives the room's id, and names no room itself",
  input: Type.Object({ room: Type.String({ description: "The name that the room was bound to." }) }, closed),
  ofResponse: true,
  judge(view, input) {
    const { roomId, rules } = roomOf(view, input.room);
    const expected = `a create event without room_id, the id of which is $${roomId.slice(1)}`;
    return withResponse(view, expected, (exchange) => {
      const creates = eventsOfType(exchange, "m.room.create");
      const right = creates.some((pdu) => !("room_id" in pdu) && idOfPdu(pdu, rules) === `$${roomId.slice(1)}`);
      const ids = creates.map((pdu) => idOfPdu(pdu, rules) ?? "something malformed").join(", ");
      const actual = `${ids === "" ? "no create event" : ids}${creates.some((pdu) => "room_id" in pdu) ? " with a room_id" : ""}`;
      return { holds: right, expected, actual, exchanges: [exchange.id] };
    });
  },
});

/** client-server-api#post_matrixclientv3createroom: upgrading takes more than ordinary state where creators cannot be outranked. */
export const takesMorePower = defineCheck({
  name: "takes-more-power",
  summary: "The power levels in the response ask more for one kind of event than for state in general",
  input: Type.Object({ type: Type.String({ description: "The type of the events." }) }, closed),
  ofResponse: true,
  judge(view, input) {
    const expected = `power levels that ask more for ${input.type} than state_default`;
    return withResponse(view, expected, (exchange) => {
      const [levels] = eventsOfType(exchange, "m.room.power_levels");
      if (levels === undefined || !isJsonObject(levels.content))
        return { holds: false, expected, actual: "no power levels", exchanges: [exchange.id] };
      const events = member(levels.content, "events");
      const own = isJsonObject(events) ? member(events, input.type) : undefined;
      const general = member(levels.content, "state_default") ?? 50;
      const right = typeof own === "number" && typeof general === "number" && own > general;
      const actual = `${JSON.stringify(own)}, where state_default is ${JSON.stringify(general)}`;
      return { holds: right, expected, actual, exchanges: [exchange.id] };
    });
  },
});

function eventsOfType(exchange: SeenExchange, type: string): readonly JsonObject[] {
  return pdusOf(exchange, "response").filter((pdu) => pdu.type === type);
}
