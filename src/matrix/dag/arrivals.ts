import { type IdentifiedEvent, prevEventIds } from "../events/references.js";
import type { EventId } from "../pdu.js";
import type { StateMap } from "../state-map.js";
import { type EventOutcome, type GraphOptions, GraphResolver } from "./graph-resolver.js";

/** What becomes of an event at a server that received it when it had only those before it in the list. */
export interface Arrival extends EventOutcome {
  readonly softFailed: boolean;
  /** The server's forward extremities from then on. */
  readonly extremities: readonly EventId[];
  /** The room's current state from then on. */
  readonly currentState: StateMap;
}

/**
 * Plays the arrival of a room's events at one server, in this order (each after those it refers to). Soft failure, unlike
 * everything else, depends on the order (server-server-api#soft-failure). Throws `MissingEventError`.
 */
export function playArrivals(events: readonly IdentifiedEvent[], options: GraphOptions): Arrival[] {
  const resolver = new GraphResolver(options);
  const extremities = new Set<EventId>(options.base?.stateAfter.keys());
  return events.map((identified) => {
    const { eventId, event } = identified;
    const before = resolver.stateAfterAll([...extremities]);
    const outcome = resolver.add(identified);
    const softFailed = !outcome.rejected && extremities.size > 0 && !resolver.authorise(event, before).allowed;
    if (!outcome.rejected && !softFailed) {
      for (const id of prevEventIds(event)) extremities.delete(id);
      extremities.add(eventId);
    }
    const now = [...extremities];
    return { ...outcome, softFailed, extremities: now, currentState: resolver.stateAfterAll(now) };
  });
}
