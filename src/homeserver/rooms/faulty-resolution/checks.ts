import { authorise } from "../../../matrix/auth-rules/authorise.js";
import type { EventId, Pdu } from "../../../matrix/pdu.js";
import { type StateKey, type StateMap, stateKey } from "../../../matrix/state-map.js";
import type { AuthGraph } from "../../../matrix/state-resolution/auth-graph.js";

export interface ChecksFault {
  /** The first event that is refused ends the checks. */
  readonly stops?: boolean;
  /** What the state lacks is not looked for among the event's auth events. */
  readonly withoutAuthEvents?: boolean;
  /** The create event is found among auth events or nowhere. */
  readonly withoutNamedCreate?: boolean;
}

/** The iterative auth checks with a fault (rooms/v2#definitions). */
export function faultyChecks(
  graph: AuthGraph,
  initial: StateMap,
  ordered: readonly EventId[],
  fault: ChecksFault,
): Map<StateKey, EventId> {
  const state = new Map(initial);
  for (const id of ordered) {
    const { event } = graph.event(id);
    const lookup = (type: string, key: string): Pdu | undefined => {
      const held = state.get(stateKey(type, key));
      if (held !== undefined) return graph.event(held).event;
      return fault.withoutAuthEvents === true && type !== "m.room.create"
        ? undefined
        : cited(graph, id, type, key, fault);
    };
    const options = { signedBy: () => true, eventId: (other: Pdu) => graph.idOf(other) };
    if (authorise(event, graph.rules, lookup, options).allowed) {
      state.set(stateKey(event.type, event.state_key ?? ""), id);
    } else if (fault.stops === true) break;
  }
  return state;
}

function cited(graph: AuthGraph, id: EventId, type: string, key: string, fault: ChecksFault): Pdu | undefined {
  if (type !== "m.room.create" || fault.withoutNamedCreate === true) return graph.authEvent(id, type, key)?.event;
  return graph.createOf(id)?.event;
}

/** The state with every event put into it, none of them checked. */
export function allOf(graph: AuthGraph, initial: StateMap, ordered: readonly EventId[]): Map<StateKey, EventId> {
  const keyed = ordered.flatMap((id): [StateKey, EventId][] => {
    const { type, state_key: key } = graph.event(id).event;
    return key === undefined ? [] : [[stateKey(type, key), id]];
  });
  return new Map([...initial, ...keyed]);
}
