import { Type } from "@sinclair/typebox";
import { checkEventFormat } from "../../matrix/events/format.js";
import { contentHashMatches, eventIdOf } from "../../matrix/events/hashes.js";
import { authEventIds } from "../../matrix/events/references.js";
import { serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import { answerOf, withResponse } from "../answers/responses.js";
import { defineCheck } from "../define.js";
import { at } from "../pointer.js";
import { eventIdOfName, idOfPdu, pdusOf, type RoomFacts, roomOf } from "../state/room-events.js";
import type { JudgeView } from "../view.js";
import { isSignedBy } from "./event-signatures.js";

const closed = { additionalProperties: false } as const;
const room = Type.String({ description: "The name that the room was bound to." });

export const eventsValid = defineCheck({
  name: "events-valid",
  summary:
    "Every event in the response has a content hash that matches and a signature of its sender's server that verifies",
  input: Type.Object({ room }, closed),
  ofResponse: true,
  judge(view, input) {
    const expected = "every returned event to hash and verify";
    const facts = roomOf(view, input.room);
    return withResponse(view, expected, (exchange) => {
      const events = pdusOf(exchange, "response");
      if (events.length === 0)
        return { holds: false, expected, actual: `${answerOf(exchange)} without any event`, exchanges: [exchange.id] };
      const problems = events.flatMap((event) => eventProblem(view, event, facts) ?? []);
      const actual = problems[0] ?? `${events.length} events hash and verify`;
      return { holds: problems.length === 0, expected, actual, exchanges: [exchange.id] };
    });
  },
});

function eventProblem(view: JudgeView, pdu: JsonObject, { rules }: RoomFacts): string | undefined {
  const checked = checkEventFormat(pdu, rules);
  if (!checked.ok) return `${String(pdu.type)} is malformed: ${checked.reason}`;
  const { event } = checked;
  const eventId = eventIdOf(event, rules);
  if (!contentHashMatches(event)) return `${event.type} ${eventId} does not match its content hash`;
  const server = serverNameOf(event.sender) ?? "";
  return isSignedBy(view, event, rules, server)
    ? undefined
    : `${event.type} ${eventId} is not validly signed by ${server}`;
}

export const carriesSignatureOf = defineCheck({
  name: "signed-by",
  summary: "An event in the response carries a valid signature of a server",
  input: Type.Object(
    {
      room,
      at: Type.String({ description: "JSON Pointer of the event.", pattern: "^(/|$)" }),
      server: Type.String({ description: "A seat." }),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const server = view.serverName(input.server);
    const expected = `a valid signature of ${input.server} on the event at ${input.at}`;
    const { rules } = roomOf(view, input.room);
    return withResponse(view, expected, (exchange) => {
      const found = at(exchange.responseJson(), input.at);
      if (!isJsonObject(found))
        return { holds: false, expected, actual: `${answerOf(exchange)}, no event there`, exchanges: [exchange.id] };
      const event = found as unknown as Pdu;
      const holds = checkEventFormat(found, rules).ok && isSignedBy(view, event, rules, server);
      const signers = Object.keys(event.signatures ?? {}).join(", ") || "nobody";
      return {
        holds,
        expected,
        actual: holds ? "it is signed" : `signatures of ${signers}, none valid of ${server}`,
        exchanges: [exchange.id],
      };
    });
  },
});

export const closedUnderAuth = defineCheck({
  name: "auth-chain-complete",
  summary: "Every auth event that the response's events cite is in the response too",
  input: Type.Object(
    {
      room,
      besides: Type.Optional(Type.Array(Type.String(), { description: "Names of events that may be missing." })),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const expected = "every cited auth event to be among those returned";
    const { rules } = roomOf(view, input.room);
    const besides = (input.besides ?? []).map((name) => eventIdOfName(view, name));
    return withResponse(view, expected, (exchange) => {
      const pdus = pdusOf(exchange, "response");
      const exchanges = [exchange.id];
      if (pdus.length === 0)
        return { holds: false, expected, actual: `${answerOf(exchange)} without any event`, exchanges };
      const events = pdus.flatMap((pdu) => eventIn(pdu, rules) ?? []);
      const known = new Set([...besides, ...events.map((event) => eventIdOf(event, rules))]);
      const missing = [...new Set(events.flatMap(authEventIds))].filter((id) => !known.has(id));
      const problems = [
        ...(events.length === pdus.length ? [] : [`${pdus.length - events.length} malformed`]),
        ...(missing.length === 0 ? [] : [`missing: ${missing.join(", ")}`]),
      ];
      return { holds: problems.length === 0, expected, actual: problems.join("; ") || "none is missing", exchanges };
    });
  },
});

function eventIn(pdu: JsonObject, rules: RoomVersionRules): Pdu | undefined {
  const checked = checkEventFormat(pdu, rules);
  return checked.ok ? checked.event : undefined;
}

export const lists = defineCheck({
  name: "lists-events",
  summary: "A list in the response holds named events, or exactly those, and not others",
  input: Type.Object(
    {
      room,
      at: Type.String({ description: "JSON Pointer of the list of events or event ids.", pattern: "^(/|$)" }),
      events: Type.Array(Type.String(), { description: "Names of events." }),
      exactly: Type.Optional(Type.Literal(true, { description: "And no other." })),
      without: Type.Optional(Type.Array(Type.String(), { description: "Names of events that must not be listed." })),
      "at-most": Type.Optional(Type.Integer({ description: "How many there may be at the most." })),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const { rules } = roomOf(view, input.room);
    const wanted = input.events.map((name) => eventIdOfName(view, name));
    const unwanted = (input.without ?? []).map((name) => eventIdOfName(view, name));
    const expected = `${input.exactly === true ? "exactly " : ""}${input.events.join(", ") || "nothing"} at ${input.at}${unwanted.length === 0 ? "" : `, without ${(input.without ?? []).join(", ")}`}`;
    return withResponse(view, expected, (exchange) => {
      const list = at(exchange.responseJson(), input.at);
      if (!Array.isArray(list))
        return { holds: false, expected, actual: `${answerOf(exchange)}, no list there`, exchanges: [exchange.id] };
      const ids = list.map((item: JsonValue) => idIn(item, rules));
      const missing = input.events.filter((_name, index) => !ids.includes(wanted[index] ?? ""));
      const once = (id: string, index: number) => wanted.includes(id) && ids.indexOf(id) === index;
      const extra = ids.filter((id, index) => (input.exactly === true ? !once(id, index) : unwanted.includes(id)));
      const problems = [
        missing.length === 0 ? "" : `missing ${missing.join(", ")}`,
        extra.length === 0 ? "" : `unexpected ${extra.join(", ")}`,
        ids.length <= (input["at-most"] ?? ids.length) ? "" : `${ids.length} events`,
      ].filter((problem) => problem !== "");
      const holds = problems.length === 0;
      const actual = holds ? `${ids.length} events, as expected` : problems.join("; ");
      return { holds, expected, actual, exchanges: [exchange.id] };
    });
  },
});

/** The id that an item of a list is, or has. */
function idIn(item: JsonValue, rules: RoomVersionRules): string {
  if (typeof item === "string") return item;
  return (isJsonObject(item) ? idOfPdu(item, rules) : undefined) ?? "something malformed";
}
