import { Type } from "@sinclair/typebox";
import { redact } from "../../matrix/events/redaction.js";
import type { JsonObject, JsonValue } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import { sameJson } from "../../matrix/same-json.js";
import { answerOf, tellsEnough, withResponse } from "../answers/responses.js";
import { defineCheck } from "../define.js";
import { eventIdOfName, idOfPdu, pdusOf, roomOf } from "../state/room-events.js";

/** client-server-api#room-history-visibility: what a server may not read it may still be told of, stripped of its content. */
export const withholds = defineCheck({
  name: "withholds",
  summary:
    "The response, be it a refusal, does not hold what a named event says: the event is not there or is redacted",
  input: Type.Object(
    {
      room: Type.String({ description: "The name that the room was bound to." }),
      event: Type.String({ description: "The name of the event." }),
    },
    { additionalProperties: false },
  ),
  ofResponse: true,
  judge(view, input) {
    const expected = `“${input.event}” to be withheld, or its content`;
    const { rules } = roomOf(view, input.room);
    const eventId = eventIdOfName(view, input.event);
    return withResponse(view, expected, (exchange) => {
      const exchanges = [exchange.id];
      if (!tellsEnough(exchange)) return { holds: "unknown", expected, actual: answerOf(exchange), exchanges };
      const copies = pdusOf(exchange, "response").filter((pdu) => idOfPdu(pdu, rules) === eventId);
      const whole = copies.filter((pdu) => !sameJson(contentOf(pdu), contentOf(redact(pdu as unknown as Pdu, rules))));
      const told = copies.length === 0 ? "without it" : "with its redacted copy";
      const actual = `${answerOf(exchange)}, ${whole.length > 0 ? "with all that it says" : told}`;
      return { holds: whole.length === 0, expected, actual, exchanges };
    });
  },
});

function contentOf(event: JsonObject | Pdu): JsonValue {
  return (event as JsonObject).content ?? null;
}
