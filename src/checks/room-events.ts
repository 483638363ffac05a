import { eventIdOf } from "../matrix/events/hashes.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import type { EventId, Pdu } from "../matrix/pdu.js";
import { type RoomVersionRules, roomVersionRules } from "../matrix/room-versions.js";
import { matchEndpoint } from "../schema/endpoints.js";
import { pdusIn } from "../schema/pdu-places.js";
import type { JudgeView, SeenExchange } from "./view.js";

export interface RoomFacts {
  readonly roomId: string;
  readonly rules: RoomVersionRules;
}

/** The room that a name was bound to. Throws, which is the tester's error, when there is none. */
export function roomOf(view: JudgeView, name: string): RoomFacts {
  const binding = view.binding(name);
  if (binding?.kind !== "room") throw new Error(`${name} is not bound to a room`);
  return { roomId: String(binding.roomId), rules: roomVersionRules(String(binding.version)) };
}

/** The PDUs that a recorded federation exchange carries, on the given side. */
export function pdusOf(exchange: SeenExchange, side: "request" | "response"): readonly JsonObject[] {
  const match = matchEndpoint(exchange.request.method, exchange.request.target);
  if (match === undefined) return [];
  const body: JsonValue | undefined = side === "request" ? exchange.requestJson() : exchange.responseJson();
  return pdusIn(match.endpoint, side, body).map(({ pdu }) => pdu);
}

/** Every event of a room that travelled between servers, or was forged by a peer and bound, by event id. */
export function eventsOfRoom(view: JudgeView, { roomId, rules }: RoomFacts): ReadonlyMap<EventId, Pdu> {
  const events = new Map<EventId, Pdu>();
  const add = (pdu: JsonObject) => {
    if (pdu.type === undefined || (pdu.room_id !== roomId && pdu.type !== "m.room.create")) return;
    const event = pdu as unknown as Pdu;
    const eventId = eventIdOf(event, rules);
    if (event.type === "m.room.create" && pdu.room_id === undefined && `!${eventId.slice(1)}` !== roomId) return;
    events.set(eventId, event);
  };
  for (const exchange of view.exchanges) {
    if (exchange.kind !== "federation") continue;
    for (const side of ["request", "response"] as const) for (const pdu of pdusOf(exchange, side)) add(pdu);
  }
  return events;
}

/** Names of bound events by event id, for readable findings. */
export function nameOfEvent(view: JudgeView, names: readonly string[], eventId: string): string {
  return names.find((name) => view.binding(name)?.eventId === eventId) ?? eventId;
}

export function objectsAt(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
