import { type GraphBase, type GraphOptions, resolveGraph } from "../../matrix/dag/resolve-graph.js";
import { type IdentifiedEvent, prevEventIds } from "../../matrix/events/references.js";
import { isJsonObject, type JsonObject, type JsonValue, objectsIn } from "../../matrix/json.js";
import type { EventId, Pdu, ServerName } from "../../matrix/pdu.js";
import { type StateMap, stateKey } from "../../matrix/state-map.js";
import { MissingEventError, type Reading } from "../../matrix/state-resolution/resolve.js";
import { isSignedBy } from "../events/event-signatures.js";
import { endpointOf } from "../passive/messages.js";
import type { JudgeView, SeenExchange } from "../view.js";
import { eventsOfRoom, idOfPdu, type RoomFacts } from "./room-events.js";

/**
 * What any correct server must hold for the state before an event, from the events that travelled; or why it cannot be told.
 * With a reading: what it holds under that one.
 */
export function oracleState(
  view: JudgeView,
  facts: RoomFacts,
  before: EventId,
  reading: Reading = {},
): StateMap | string {
  const { events, options } = graphOfRoom(view, facts);
  try {
    return resolveGraph(events, { ...options, reading }).get(before)?.stateBefore ?? `${before} never travelled`;
  } catch (error) {
    if (!(error instanceof MissingEventError)) throw error;
    return `${error.message}: the oracle cannot resolve the room`;
  }
}

/** The events of a room as the oracle takes them, and what it begins with; of what one server sent and got, where it is named. */
export function graphOfRoom(
  view: JudgeView,
  facts: RoomFacts,
  server?: ServerName,
): { readonly events: readonly IdentifiedEvent[]; readonly options: GraphOptions } {
  const known = eventsOfRoom(view, facts, server);
  const told = toldStates(view, facts, known);
  const travelled = [...known].map(([eventId, event]) => ({ eventId, event }));
  const base = isWhole(travelled) ? undefined : baseFromJoin(view, facts, server);
  const elsewhere = new Set([...told.stateAfter.keys(), ...(base?.events ?? []).map(({ eventId }) => eventId)]);
  const options: GraphOptions = {
    rules: facts.rules,
    signedBy: (event, signer) => isSignedBy(view, event, facts.rules, signer),
    base: {
      events: [...(base?.events ?? []), ...told.events],
      stateAfter: new Map([...(base?.stateAfter ?? []), ...told.stateAfter]),
    },
  };
  return { events: travelled.filter(({ eventId }) => !elsewhere.has(eventId)), options };
}

/** States that peers told of places which nobody else knows: who builds upon such a place has nothing else to go by. */
function toldStates(view: JudgeView, { roomId }: RoomFacts, events: ReadonlyMap<EventId, Pdu>): GraphBase {
  const told = view.observations.filter(({ what, data }) => what === "told-state" && data.room === roomId);
  const known = (ids: JsonValue | undefined): readonly IdentifiedEvent[] =>
    (Array.isArray(ids) ? ids.map(String) : []).flatMap((eventId) => {
      const event = events.get(eventId);
      return event === undefined ? [] : [{ eventId, event }];
    });
  const stateOf = (state: readonly IdentifiedEvent[]): StateMap =>
    new Map(state.map(({ eventId, event }) => [stateKey(event.type, event.state_key ?? ""), eventId]));
  return {
    events: told.flatMap(({ data }) => known(data.state)),
    stateAfter: new Map(told.map(({ data }) => [String(data.at), stateOf(known(data.state))])),
  };
}

function isWhole(events: readonly IdentifiedEvent[]): boolean {
  const known = new Set(events.map(({ eventId }) => eventId));
  return events.every(({ event }) => prevEventIds(event).every((id) => known.has(id)));
}

/** Where the history before a join never travelled, the room begins with the state that the first join was told. */
function baseFromJoin(view: JudgeView, facts: RoomFacts, server?: ServerName): GraphBase | undefined {
  for (const exchange of view.exchanges) {
    if (server !== undefined && exchange.from !== server && exchange.to !== server) continue;
    const base = baseOf(exchange, facts);
    if (base !== undefined) return base;
  }
  return undefined;
}

function baseOf(exchange: SeenExchange, facts: RoomFacts): GraphBase | undefined {
  if (exchange.response?.status !== 200 || endpointOf(exchange)?.endpoint.id !== "send-join") {
    return undefined;
  }
  const [join, answer] = [exchange.requestJson(), exchange.responseJson()];
  if (!isJsonObject(join) || !isJsonObject(answer) || join.room_id !== facts.roomId) return undefined;
  const state = identified(objectsIn(answer.state), facts);
  const chain = identified(objectsIn(answer.auth_chain), facts);
  const told = new Map(state.map(({ eventId, event }) => [stateKey(event.type, event.state_key ?? ""), eventId]));
  const stateAfter = new Map(prevEventIds(join as unknown as Pdu).map((id) => [id, told]));
  return { events: [...chain, ...state], stateAfter };
}

function identified(pdus: readonly JsonObject[], { rules }: RoomFacts): readonly IdentifiedEvent[] {
  return pdus.flatMap((pdu) => {
    const eventId = idOfPdu(pdu, rules);
    return eventId === undefined ? [] : [{ eventId, event: pdu as unknown as Pdu }];
  });
}
