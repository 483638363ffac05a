import type { Refused } from "../auth-rules/verdict.js";
import { authEventIds, type IdentifiedEvent, prevEventIds } from "../events/references.js";
import type { EventId } from "../pdu.js";
import type { StateMap } from "../state-map.js";
import { type EventOutcome, type GraphBase, type GraphOptions, GraphResolver } from "./graph-resolver.js";

/** What becomes of an event at a server that received it when it had only those before it in the list. */
export interface Arrival extends EventOutcome {
  readonly softFailed: boolean;
  /** Where it soft-failed: what the rules have against it in the room's current state. */
  readonly softFailure?: Refused;
  /** The server's forward extremities from then on. */
  readonly extremities: readonly EventId[];
  /** The room's current state from then on. */
  readonly currentState: StateMap;
}

/**
 * Plays the arrival of a room's events at one server, in this order (each after those it refers to). Soft failure, unlike
 * everything else, depends on the order (server-server-api#soft-failure). A resolver that is given knows the events afterwards.
 * Throws `MissingEventError`.
 */
export function playArrivals(
  events: readonly IdentifiedEvent[],
  options: GraphOptions,
  resolver: GraphResolver = new GraphResolver(options),
): Arrival[] {
  // States may be known of other places too: the room begins where its first event says.
  const [first] = events;
  const before = first === undefined ? [] : prevEventIds(first.event);
  const extremities = new Set<EventId>(before.filter((id) => options.base?.stateAfter.has(id)));
  return events.map((identified) => {
    const { eventId, event } = identified;
    const current = resolver.stateAfterAll([...extremities]);
    const outcome = resolver.add(identified);
    const verdict = outcome.rejected || extremities.size === 0 ? undefined : resolver.authorise(event, current);
    const softFailed = verdict?.allowed === false;
    if (!outcome.rejected && !softFailed) {
      for (const id of prevEventIds(event)) extremities.delete(id);
      extremities.add(eventId);
    }
    const now = [...extremities];
    const failure = softFailed ? { softFailure: verdict } : {};
    return { ...outcome, softFailed, ...failure, extremities: now, currentState: resolver.stateAfterAll(now) };
  });
}

/**
 * Events in an order in which each follows all that it refers to, otherwise as they came; and those that lack something.
 * Upon a base: what follows an event with a known state, and cites what is known.
 */
export function asTheyCanBePlaced(
  events: readonly IdentifiedEvent[],
  base?: GraphBase,
): { readonly placed: readonly IdentifiedEvent[]; readonly waiting: readonly IdentifiedEvent[] } {
  const followed = new Set(base?.stateAfter.keys());
  const cited = new Set(base?.events.map(({ eventId }) => eventId));
  const placed: IdentifiedEvent[] = [];
  let waiting = events;
  const ready = ({ event }: IdentifiedEvent) =>
    prevEventIds(event).every((id) => followed.has(id)) && authEventIds(event).every((id) => cited.has(id));
  for (let next = waiting.find(ready); next !== undefined; next = waiting.find(ready)) {
    placed.push(next);
    followed.add(next.eventId);
    cited.add(next.eventId);
    waiting = waiting.filter((one) => one !== next);
  }
  return { placed, waiting };
}
