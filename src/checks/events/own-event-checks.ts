import { Type } from "@sinclair/typebox";
import { selectAuthEvents } from "../../matrix/dag/select-auth-events.js";
import { contentHashMatches } from "../../matrix/events/hashes.js";
import { authEventIds, prevEventIds } from "../../matrix/events/references.js";
import { serverNameOf } from "../../matrix/identifiers.js";
import type { EventId, Pdu } from "../../matrix/pdu.js";
import { roomVersionRules } from "../../matrix/room-versions.js";
import type { StepContext } from "../../steps/context.js";
import { waitingFor } from "../../steps/waiting.js";
import { defineCheck, type Finding } from "../define.js";
import {
  eventIdOfName,
  eventsOfRoom,
  idOfPdu,
  nameOfEvent,
  pdusOf,
  type RoomFacts,
  roomOf,
} from "../state/room-events.js";
import { oracleState } from "../state/state-oracle.js";
import type { JudgeView, SeenExchange } from "../view.js";
import { isSignedBy } from "./event-signatures.js";

const closed = { additionalProperties: false } as const;
const room = Type.String({ description: "The name that the room was bound to." });
const event = Type.String({ description: "The name of the event; it must have travelled between servers." });

/** Waits until an exchange that carries the event has been recorded: a peer hears of an event a little earlier. */
async function observeTravel(context: StepContext, input: { readonly room: string; readonly event: string }) {
  const eventId = context.eventId(input.event);
  const { version } = context.bound(input.room, "room");
  const rules = roomVersionRules(String(version));
  const carries = (exchange: SeenExchange) =>
    exchange.kind === "federation" &&
    [...pdusOf(exchange, "request"), ...pdusOf(exchange, "response")].some((pdu) => idOfPdu(pdu, rules) === eventId);
  const exchange = await waitingFor(context, undefined, (signal) => context.exchangeThat(carries, signal));
  context.observe("travel", exchange === undefined ? { seen: false } : { seen: true, exchange: exchange.id });
}

interface Travelled {
  readonly event: Pdu;
  readonly events: ReadonlyMap<EventId, Pdu>;
  readonly facts: RoomFacts;
}

function withTravelled(
  view: JudgeView,
  input: { readonly room: string; readonly event: string },
  expected: string,
  judge: (travelled: Travelled) => Finding,
): Finding {
  const facts = roomOf(view, input.room);
  const events = eventsOfRoom(view, facts);
  const found = events.get(eventIdOfName(view, input.event));
  if (found === undefined) return { holds: "unknown", expected, actual: `“${input.event}” never travelled` };
  return judge({ event: found, events, facts });
}

export const followsEvents = defineCheck({
  name: "follows",
  summary: "A named event follows exactly the named events, or names some and not others",
  input: Type.Object(
    {
      room,
      event,
      events: Type.Array(Type.String(), { description: "Names of events right before it." }),
      without: Type.Optional(Type.Array(Type.String(), { description: "Names of events that it must not follow." })),
      exactly: Type.Optional(Type.Literal(true, { description: "And no other." })),
      "at-most": Type.Optional(Type.Integer({ minimum: 1, description: "How many it may follow at the most." })),
    },
    closed,
  ),
  observe: observeTravel,
  judge(view, input) {
    const wanted = input.events.map((name) => eventIdOfName(view, name));
    const unwanted = (input.without ?? []).map((name) => eventIdOfName(view, name));
    const names = [...input.events, ...(input.without ?? [])];
    const most = input["at-most"];
    const but = input.without === undefined ? "" : ` and not ${input.without.join(", ")}`;
    const limit = most === undefined ? "" : `, ${most} events at the most`;
    const expected = `“${input.event}” to follow ${input.exactly === true ? "exactly " : ""}${input.events.join(", ") || "other events"}${but}${limit}`;
    return withTravelled(view, input, expected, ({ event: found }) => {
      const prev = prevEventIds(found);
      const right =
        wanted.every((id) => prev.includes(id)) &&
        !prev.some((id) => unwanted.includes(id)) &&
        (input.exactly !== true || prev.length === wanted.length) &&
        prev.length <= (most ?? prev.length);
      const followed = prev.map((id) => nameOfEvent(view, names, id)).join(", ") || "nothing";
      const actual = most === undefined ? `it follows ${followed}` : `it follows ${prev.length} events`;
      return { holds: right, expected, actual };
    });
  },
});

export const countsDepth = defineCheck({
  name: "counts-depth",
  summary: "A named event's depth is one more than that of the deepest event right before it",
  input: Type.Object({ room, event }, closed),
  observe: observeTravel,
  judge(view, input) {
    const expected = `the depth of “${input.event}” to be one more than the deepest event before it`;
    return withTravelled(view, input, expected, ({ event: found, events, facts }) => {
      const before = prevEventIds(found).map((id) => events.get(id));
      const known = before.flatMap((one) => one?.depth ?? []);
      if (known.length < before.length)
        return { holds: "unknown", expected, actual: "an event before it never travelled" };
      const deepest = Math.max(0, ...known);
      const right = found.depth === Math.min(deepest + 1, facts.rules.maxDepth);
      return { holds: right, expected, actual: `its depth is ${found.depth}, the deepest before it ${deepest}` };
    });
  },
});

export const citesAllAuthEvents = defineCheck({
  name: "cites-all-auth-events",
  summary: "A named event cites every event that the selection of auth events asks for, in the state before it",
  input: Type.Object({ room, event }, closed),
  observe: observeTravel,
  judge(view, input) {
    const expected = `“${input.event}” to cite all that authorises it`;
    return withSelection(view, input, expected, ({ cited, selected, name }) => {
      const missing = [...selected].filter((id) => !cited.has(id)).map(name);
      const actual = missing.length === 0 ? `it cites all ${selected.size}` : `it lacks ${missing.join(", ")}`;
      return { holds: missing.length === 0, expected, actual };
    });
  },
});

export const citesNoOther = defineCheck({
  name: "cites-no-other-events",
  summary: "A named event cites no event beyond what the selection of auth events asks for",
  input: Type.Object({ room, event }, closed),
  observe: observeTravel,
  judge(view, input) {
    const expected = `“${input.event}” to cite nothing but what authorises it`;
    return withSelection(view, input, expected, ({ cited, selected, name }) => {
      const extra = [...cited].filter((id) => !selected.has(id)).map(name);
      const nothing = cited.size === 0 ? "it cites nothing" : "it cites nothing else";
      const actual = extra.length === 0 ? nothing : `it also cites ${extra.join(", ")}`;
      return { holds: cited.size > 0 && extra.length === 0, expected, actual };
    });
  },
});

interface Selection {
  readonly cited: ReadonlySet<EventId>;
  readonly selected: ReadonlySet<EventId>;
  name(id: EventId): string;
}

function withSelection(
  view: JudgeView,
  input: { readonly room: string; readonly event: string },
  expected: string,
  judge: (selection: Selection) => Finding,
): Finding {
  return withTravelled(view, input, expected, ({ event: found, events, facts }) => {
    const state = oracleState(view, facts, eventIdOfName(view, input.event));
    if (typeof state === "string") return { holds: "unknown", expected, actual: state };
    const selected = new Set(selectAuthEvents(found, facts.rules, state));
    const name = (id: EventId) => `${events.get(id)?.type ?? "an unknown event"} ${id}`;
    return judge({ cited: new Set(authEventIds(found)), selected, name });
  });
}

export const hashedRight = defineCheck({
  name: "hashed-right",
  summary: "A named event carries the hash of its content",
  input: Type.Object({ room, event }, closed),
  observe: observeTravel,
  judge(view, input) {
    const expected = `the content hash of “${input.event}” to fit`;
    return withTravelled(view, input, expected, ({ event: found }) => {
      const right = contentHashMatches(found);
      return { holds: right, expected, actual: right ? "it fits" : "it does not" };
    });
  },
});

export const signedRight = defineCheck({
  name: "signed-right",
  summary: "A named event carries a valid signature of its sender's server",
  input: Type.Object({ room, event }, closed),
  observe: observeTravel,
  judge(view, input) {
    const expected = `“${input.event}” to be validly signed by its sender's server`;
    return withTravelled(view, input, expected, ({ event: found, facts }) => {
      const right = isSignedBy(view, found, facts.rules, serverNameOf(found.sender) ?? "");
      return { holds: right, expected, actual: right ? "it is" : "it is not" };
    });
  },
});
