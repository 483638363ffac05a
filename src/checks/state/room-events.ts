import { checkEventFormat } from "../../matrix/events/format.js";
import { eventIdOf } from "../../matrix/events/hashes.js";
import type { JsonObject } from "../../matrix/json.js";
import type { EventId, Pdu, ServerName } from "../../matrix/pdu.js";
import { type RoomVersionRules, roomVersionRules } from "../../matrix/room-versions.js";
import { mayHoldPdus, pdusIn } from "../../schema/pdu-places.js";
import { endpointOf, jsonOf } from "../passive/messages.js";
import type { JudgeView, SeenExchange } from "../view.js";

export interface RoomFacts {
  readonly roomId: string;
  readonly rules: RoomVersionRules;
}

/** The room that a name was bound to. Throws, which is the tester's error, when there is none. */
export function roomOf(names: Pick<JudgeView, "binding">, name: string): RoomFacts {
  const binding = names.binding(name);
  if (binding?.kind !== "room") throw new Error(`${name} is not bound to a room`);
  return { roomId: String(binding.roomId), rules: roomVersionRules(String(binding.version)) };
}

/** The id of the event that a name was bound to. Throws, which is the tester's error, when there is none. */
export function eventIdOfName(names: Pick<JudgeView, "binding">, name: string): EventId {
  const eventId = names.binding(name)?.eventId;
  if (typeof eventId !== "string") throw new Error(`${name} is not bound to an event`);
  return eventId;
}

// Each expectation of a scenario goes through its events again, and an id costs a hash.
const idsOfPdus = new WeakMap<RoomVersionRules, WeakMap<JsonObject, EventId | undefined>>();

/** The event's id; undefined for what is no event of the room version at all, and so has none. */
export function idOfPdu(pdu: JsonObject, rules: RoomVersionRules): EventId | undefined {
  const ids = idsOfPdus.get(rules) ?? new WeakMap<JsonObject, EventId | undefined>();
  if (ids.has(pdu)) return ids.get(pdu);
  const checked = checkEventFormat(pdu, rules);
  const id = checked.ok ? eventIdOf(checked.event, rules) : undefined;
  idsOfPdus.set(rules, ids.set(pdu, id));
  return id;
}

/** The PDUs that a recorded federation exchange carries, on the given side. */
export function pdusOf(exchange: SeenExchange, side: "request" | "response"): readonly JsonObject[] {
  const endpoint = endpointOf(exchange)?.endpoint;
  if (endpoint === undefined || !mayHoldPdus(endpoint, side)) return [];
  return pdusIn(endpoint, side, jsonOf(side, exchange)).map(({ pdu }) => pdu);
}

/**
 * Every event of a room that travelled between servers, by event id; what is malformed is none.
 * Of one server, in the order in which it sent or got them, where that is named.
 */
export function eventsOfRoom(
  view: JudgeView,
  { roomId, rules }: RoomFacts,
  server?: ServerName,
): ReadonlyMap<EventId, Pdu> {
  const events = new Map<EventId, Pdu>();
  const add = (pdu: JsonObject) => {
    if (pdu.room_id !== roomId && pdu.type !== "m.room.create") return;
    const eventId = idOfPdu(pdu, rules);
    if (eventId === undefined || (pdu.room_id ?? `!${eventId.slice(1)}`) !== roomId) return;
    events.set(eventId, pdu as unknown as Pdu);
  };
  for (const exchange of view.exchanges) {
    if (exchange.kind !== "federation") continue;
    if (server !== undefined && exchange.from !== server && exchange.to !== server) continue;
    for (const side of ["request", "response"] as const) for (const pdu of pdusOf(exchange, side)) add(pdu);
  }
  return events;
}

/** Names of bound events by event id, for readable findings. */
export function nameOfEvent(view: JudgeView, names: readonly string[], eventId: string): string {
  return names.find((name) => view.binding(name)?.eventId === eventId) ?? eventId;
}
