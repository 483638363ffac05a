import { Type } from "@sinclair/typebox";
import { redact } from "../../matrix/events/redaction.js";
import { serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonObject, type JsonValue, omit } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import { sameJson } from "../../matrix/same-json.js";
import { resolveNames } from "../../steps/names.js";
import { answerOf, withResponse } from "../answers/responses.js";
import { holds } from "../arrivals/arrivals.js";
import { defineCheck } from "../define.js";
import { at } from "../pointer.js";
import { idOfPdu, pdusOf, roomOf } from "../state/room-events.js";
import { isSignedBy } from "./event-signatures.js";

const closed = { additionalProperties: false } as const;
const room = Type.String({ description: "The name that the room was bound to." });

export const redactedCopy = defineCheck({
  name: "redacted-copy",
  summary: "The response holds a named event stripped as its room version says: no more, no less, and still signed",
  input: Type.Object(
    {
      room,
      at: Type.String({ description: "JSON Pointer of the event.", pattern: "^(/|$)" }),
      event: Type.String({ description: "The name of an event that a peer wrote." }),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const expected = `“${input.event}” at ${input.at} in the redacted form of its room version, still signed`;
    const { rules } = roomOf(view, input.room);
    const original = view.binding(input.event)?.pdu;
    if (!isJsonObject(original)) throw new Error(`${input.event} is not an event that a peer wrote`);
    return withResponse(view, expected, (exchange) => {
      const exchanges = [exchange.id];
      const found = at(exchange.responseJson(), input.at);
      if (!isJsonObject(found))
        return { holds: false, expected, actual: `${answerOf(exchange)}, no event there`, exchanges };
      if (idOfPdu(found, rules) === undefined)
        return { holds: false, expected, actual: "something malformed", exchanges };
      const event = found as unknown as Pdu;
      const wanted = redact(original as unknown as Pdu, rules) as unknown as JsonObject;
      const problem = differingMember(bare(found), bare(wanted));
      const signed = isSignedBy(view, event, rules, serverNameOf(event.sender) ?? "");
      const actual = problem ?? (signed ? "it is" : "its signature does not verify");
      return { holds: problem === undefined && signed, expected, actual, exchanges };
    });
  },
});

/** Without what is not covered by the event's id. */
function bare(event: JsonObject): JsonObject {
  return omit(event, "unsigned", "signatures");
}

function differingMember(found: JsonObject, wanted: JsonObject): string | undefined {
  const members = new Set([...Object.keys(found), ...Object.keys(wanted)]);
  const wrong = [...members].filter((key) => !sameJson(found[key] ?? null, wanted[key] ?? null));
  return wrong.length === 0 ? undefined : `other than it should be: ${wrong.join(", ")}`;
}

export const listedEvent = defineCheck({
  name: "lists-event-with",
  summary: "Among the response's events there is one with certain members, and it lacks others",
  input: Type.Object(
    {
      with: Type.Object({}, { additionalProperties: true, description: "Members that it must hold, nested." }),
      lacks: Type.Optional(
        Type.Array(Type.String(), {
          description: "Members that it must not have, by name or, deeper ones, by JSON Pointer.",
        }),
      ),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const wanted = resolveNames(input.with as JsonObject, view);
    const lacks = (input.lacks ?? []).map((name) => resolveNames(name, view));
    const expected = `an event with ${JSON.stringify(wanted)}${lacks.length === 0 ? "" : ` and without ${lacks.join(", ")}`}`;
    return withResponse(view, expected, (exchange) => {
      const found = pdusOf(exchange, "response").filter((event) => holds(event, wanted));
      const right = found.filter((event) =>
        lacks.every((name) => (name.startsWith("/") ? at(event, name) : event[name]) === undefined),
      );
      const alike = found.length > 0 && right.length === found.length;
      const actual = alike ? "there is" : found.length > 0 ? "there is one with more" : `${answerOf(exchange)}, none`;
      return { holds: alike, expected, actual, exchanges: [exchange.id] };
    });
  },
});

export const sameEvents = defineCheck({
  name: "same-events-as",
  summary: "A list of event ids or events in the response holds the same events as a list in an earlier step's",
  input: Type.Object(
    {
      room,
      at: Type.String({ description: "JSON Pointer of the list.", pattern: "^(/|$)" }),
      step: Type.String({ description: "The earlier step's id.", "refers-to": "nothing" }),
      there: Type.String({ description: "JSON Pointer of the list in the earlier response.", pattern: "^(/|$)" }),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const expected = `the events at ${input.at} to be those at ${input.there} of “${input.step}”`;
    const { rules } = roomOf(view, input.room);
    const idsIn = (list: readonly JsonValue[]) =>
      new Set(list.map((item) => (isJsonObject(item) ? idOfPdu(item, rules) : item)));
    return withResponse(view, expected, (exchange) => {
      const first = view.response(input.step);
      if (first === undefined) return { holds: "unknown", expected, actual: "that step recorded no response" };
      const exchanges = [first.id, exchange.id];
      const [here, there] = [listAt(exchange.responseJson(), input.at), listAt(first.responseJson(), input.there)];
      if (here === undefined || there === undefined)
        return { holds: false, expected, actual: `${answerOf(first)}; ${answerOf(exchange)}; not a list`, exchanges };
      const [now, then] = [idsIn(here), idsIn(there)];
      const only = [...now].filter((id) => !then.has(id)).length + [...then].filter((id) => !now.has(id)).length;
      const actual = only === 0 ? `the same ${now.size} events` : `${only} events are in only one of them`;
      return { holds: now.size > 0 && only === 0, expected, actual, exchanges };
    });
  },
});

function listAt(body: JsonValue | undefined, pointer: string): readonly JsonValue[] | undefined {
  const found = at(body, pointer);
  return Array.isArray(found) ? found : undefined;
}
