import { type Arrival, playArrivals } from "../matrix/dag/arrivals.js";
import { type EventOutcome, type GraphOptions, GraphResolver } from "../matrix/dag/graph-resolver.js";
import { type HistoryDraft, type HistoryNode, UnknownNodeError } from "../matrix/dag/history.js";
import { selectAuthEvents } from "../matrix/dag/select-auth-events.js";
import { authEventIds, type IdentifiedEvent } from "../matrix/events/references.js";
import type { EventId, RoomId } from "../matrix/pdu.js";
import type { StateMap } from "../matrix/state-map.js";
import type { Reading } from "../matrix/state-resolution/resolve.js";

export interface AuthorOptions extends Omit<GraphOptions, "base"> {
  /** Makes the event of a draft with that claimed time: room id, hashes, signatures and id are the caller's. */
  readonly complete: (draft: HistoryDraft, time: number) => IdentifiedEvent;
}

/** Writes a room event after event, by name, each judged as the specification says; the oracle of a history. */
export class RoomAuthor {
  readonly #resolver: GraphResolver;
  readonly #events = new Map<EventId, IdentifiedEvent>();
  readonly #outcomes = new Map<string, EventOutcome>();
  readonly #names = new Map<EventId, string>();
  /** The state resolved last: an act is often weighed several times in one place. */
  #lastMerged: { readonly at: string; readonly state: StateMap } | undefined;

  constructor(private readonly options: AuthorOptions) {
    this.#resolver = new GraphResolver(options);
  }

  /** Takes in an event that somebody else made, after all that it refers to. */
  adopt(name: string, made: IdentifiedEvent): EventOutcome {
    this.#events.set(made.eventId, made);
    this.#names.set(made.eventId, name);
    const outcome = this.#resolver.add(made);
    this.#outcomes.set(name, outcome);
    return outcome;
  }

  /**
   * Makes the event of a node; what authorises it comes from the state before it, or after another. Throws `UnknownNodeError`
   * when one that it refers to is not there yet.
   */
  write(node: HistoryNode, time: number, cites?: string): EventOutcome {
    return this.adopt(node.name, this.options.complete(this.#draft(node, cites), time));
  }

  /** Whether the event of a node would be allowed by the state before it. */
  wouldAllow(node: HistoryNode): boolean {
    const draft = this.#draft(node);
    return this.#resolver.authorise(this.options.complete(draft, 0).event, draft.stateBefore).allowed;
  }

  #draft(node: HistoryNode, cites?: string): HistoryDraft {
    const { rules } = this.options;
    const prevEvents = node.prev.map((name) => this.outcome(name));
    const stateBefore = this.stateBefore(node.prev);
    const { type, sender, content, stateKey } = node;
    const selectable = { type, sender, content, ...(stateKey === undefined ? {} : { state_key: stateKey }) };
    const authority = cites === undefined ? stateBefore : this.outcome(cites).stateAfter;
    const authEvents = selectAuthEvents(selectable, rules, authority).flatMap((id) => this.#events.get(id) ?? []);
    const depth = Math.min(1 + Math.max(0, ...prevEvents.map(({ event }) => event.depth)), rules.maxDepth);
    return { node, prevEvents, authEvents, depth, stateBefore };
  }

  /** The same events, with the outcomes of another reading of the text. */
  underReading(reading: Reading): RoomAuthor {
    const other = new RoomAuthor({ ...this.options, reading });
    for (const [eventId, made] of this.#events) other.adopt(this.nameOf(eventId), made);
    return other;
  }

  outcome(name: string): EventOutcome {
    const outcome = this.#outcomes.get(name);
    if (outcome === undefined) throw new UnknownNodeError(name);
    return outcome;
  }

  /** What became of all events, in the order of writing. */
  outcomes(): readonly EventOutcome[] {
    return [...this.#outcomes.values()];
  }

  /** The id that the room's later events carry. Throws `UnknownNodeError` before there are two. */
  get roomId(): RoomId {
    const roomId = this.outcomes()[1]?.event.room_id;
    if (roomId === undefined) throw new UnknownNodeError("a second event");
    return roomId;
  }

  event(id: EventId): IdentifiedEvent | undefined {
    return this.#events.get(id);
  }

  /** The name of an event; its id when it has none here. */
  nameOf(id: EventId): string {
    return this.#names.get(id) ?? id;
  }

  stateBefore(prev: readonly string[]): StateMap {
    const ids = prev.map((name) => this.outcome(name).eventId);
    const at = ids.join();
    if (this.#lastMerged?.at !== at) this.#lastMerged = { at, state: this.#resolver.stateAfterAll(ids) };
    return this.#lastMerged.state;
  }

  /** What becomes of the events at a server that knew those of the opening, then got the named ones in this order. */
  arrivals(order: readonly string[]): ReadonlyMap<EventId, Arrival> {
    const late = order.map((name) => this.outcome(name));
    const ids = new Set(late.map(({ eventId }) => eventId));
    const before = [...this.#events.values()].filter(({ eventId }) => !ids.has(eventId));
    return new Map(playArrivals([...before, ...late], this.options).map((arrival) => [arrival.eventId, arrival]));
  }

  /** Everything reachable from these events by `auth_events`, themselves only when reached. */
  authChain(ids: Iterable<EventId>): ReadonlySet<EventId> {
    const chain = new Set<EventId>();
    const open = [...ids];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const known = this.#events.get(id);
      for (const next of known === undefined ? [] : authEventIds(known.event)) {
        if (chain.has(next)) continue;
        chain.add(next);
        open.push(next);
      }
    }
    return chain;
  }
}
