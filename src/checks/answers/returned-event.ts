import { Type } from "@sinclair/typebox";
import { contentHashMatches, eventIdOf } from "../../matrix/events/hashes.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import { resolveNames } from "../../steps/names.js";
import { holds } from "../arrivals/arrivals.js";
import { defineCheck } from "../define.js";
import { at } from "../pointer.js";
import { eventIdOfName, roomOf } from "../state/room-events.js";
import { answerOf, shown, withResponse } from "./responses.js";

const closed = { additionalProperties: false } as const;

export const returnsEvent = defineCheck({
  name: "returns-event",
  summary: "The response holds a named event, unchanged but for signatures and what is unsigned",
  input: Type.Object(
    {
      room: Type.String({ description: "The name that the room was bound to." }),
      at: Type.String({ description: "JSON Pointer of the event.", pattern: "^(/|$)" }),
      event: Type.String({ description: "The name of the event." }),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const expected = `“${input.event}” at ${input.at}, unchanged`;
    const { rules } = roomOf(view, input.room);
    const wanted = eventIdOfName(view, input.event);
    return withResponse(view, expected, (exchange) => {
      const found = at(exchange.responseJson(), input.at);
      const exchanges = [exchange.id];
      if (!isJsonObject(found))
        return { holds: false, expected, actual: `${answerOf(exchange)}, no event there`, exchanges };
      const event = found as unknown as Pdu;
      const same = eventIdOf(event, rules) === wanted && contentHashMatches(event);
      return { holds: same, expected, actual: same ? "it is" : "another event, or a changed one", exchanges };
    });
  },
});

export const bodyHolds = defineCheck({
  name: "body-holds",
  summary: "The response's body holds certain members, nested; of arrays, certain items",
  input: Type.Object({ with: Type.Object({}, { additionalProperties: true }) }, closed),
  ofResponse: true,
  judge(view, input) {
    const wanted = resolveNames(input.with as JsonObject, view);
    const expected = `a body that holds ${shown(wanted)}`;
    return withResponse(view, expected, (exchange) => {
      const body = exchange.responseJson();
      const right = holds(body, wanted);
      const actual = right ? "it does" : `${answerOf(exchange)}, ${shown(body ?? null)}`;
      return { holds: right, expected, actual, exchanges: [exchange.id] };
    });
  },
});
