import { authorise } from "../auth-rules/authorise.js";
import type { EventId, Pdu } from "../pdu.js";
import { type StateKey, type StateMap, stateKey } from "../state-map.js";
import type { Witness } from "./account.js";
import type { AuthGraph } from "./auth-graph.js";
import type { Reading } from "./reading.js";

/**
 * The iterative auth checks algorithm: puts each event in turn into the state if the state allows it, and passes over it
 * otherwise (rooms/v2#definitions). An entry the state lacks is taken from the event's auth events, unless it was rejected.
 */
export function iterativeAuthChecks(
  graph: AuthGraph,
  initial: StateMap,
  ordered: readonly EventId[],
  { rejectedStayOut = false, witness }: Reading & { readonly witness?: Witness | undefined } = {},
): Map<StateKey, EventId> {
  const state = new Map(initial);
  for (const id of ordered) {
    const { event, rejected } = graph.event(id);
    if (event.state_key === undefined || (rejected && rejectedStayOut)) continue;
    const lookup = (type: string, key: string): Pdu | undefined => {
      const heldId = state.get(stateKey(type, key));
      const held = heldId === undefined ? undefined : graph.event(heldId);
      if (held === undefined || (held.rejected && rejectedStayOut)) return authEventFor(graph, id, type, key);
      return held.event;
    };
    // Signatures were settled when the event was received: without them it would not be here.
    const options = { signedBy: () => true, eventId: (other: Pdu) => graph.idOf(other) };
    const verdict = authorise(event, graph.rules, lookup, options);
    witness?.({ step: "check", eventId: id, verdict });
    if (verdict.allowed) state.set(stateKey(event.type, event.state_key), id);
  }
  return state;
}

function authEventFor(graph: AuthGraph, id: EventId, type: string, key: string): Pdu | undefined {
  const found = type === "m.room.create" && key === "" ? graph.createOf(id) : graph.authEvent(id, type, key);
  return found === undefined || found.rejected ? undefined : found.event;
}
