import { authEventIds } from "../events/references.js";
import type { EventId, Pdu } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";

/** An event as state resolution sees it. `rejected`: it failed the checks against its auth events. */
export interface ResolvableEvent {
  readonly eventId: EventId;
  readonly event: Pdu;
  readonly rejected: boolean;
}

export type EventLookup = (id: EventId) => ResolvableEvent | undefined;

/** A state names an event that the caller cannot show. */
export class MissingEventError extends Error {
  readonly code = "MISSING_EVENT";

  constructor(readonly eventId: EventId) {
    super(`state resolution needs event ${eventId}`);
    this.name = "MissingEventError";
  }
}

interface Vertex extends ResolvableEvent {
  readonly authIds: readonly EventId[];
}

/** The graph that `auth_events` links make, read once per event. An auth event that the caller does not know ends its path. */
export class AuthGraph {
  readonly #vertices = new Map<EventId, Vertex | undefined>();
  readonly #ids = new Map<Pdu, EventId>();

  constructor(
    readonly rules: RoomVersionRules,
    private readonly lookup: EventLookup,
  ) {}

  /** The event of that id; throws `MissingEventError`. */
  event(id: EventId): ResolvableEvent {
    const vertex = this.#vertex(id);
    if (vertex === undefined) throw new MissingEventError(id);
    return vertex;
  }

  knows(id: EventId): boolean {
    return this.#vertex(id) !== undefined;
  }

  /** The auth events of an event that the caller knows. */
  authIds(id: EventId): readonly EventId[] {
    return (this.#vertex(id)?.authIds ?? []).filter((authId) => this.knows(authId));
  }

  /** The id under which an event was looked up here. */
  idOf(event: Pdu): EventId | undefined {
    return this.#ids.get(event);
  }

  /** Among an event's auth events the one that holds this state entry. */
  authEvent(id: EventId, type: string, stateKey: string): ResolvableEvent | undefined {
    for (const authId of this.#vertex(id)?.authIds ?? []) {
      const vertex = this.#vertex(authId);
      if (vertex?.event.type === type && vertex.event.state_key === stateKey) return vertex;
    }
    return undefined;
  }

  /** The create event an event belongs to: among its auth events, or named by its room id (rooms/v12#authorisation-rules). */
  createOf(id: EventId): ResolvableEvent | undefined {
    if (this.rules.createInAuthEvents) return this.authEvent(id, "m.room.create", "");
    return this.#vertex(`$${(this.#vertex(id)?.event.room_id ?? "").slice(1)}`);
  }

  /** Everything reachable by `auth_events` links from these events, themselves not included unless reached; stops at `known`. */
  authChain(from: Iterable<EventId>, known: ReadonlySet<EventId> = new Set()): Set<EventId> {
    const chain = new Set<EventId>();
    const open = [...from];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const authId of this.authIds(id)) {
        if (chain.has(authId) || known.has(authId)) continue;
        chain.add(authId);
        open.push(authId);
      }
    }
    return chain;
  }

  #vertex(id: EventId): Vertex | undefined {
    if (this.#vertices.has(id)) return this.#vertices.get(id);
    const found = this.lookup(id);
    const vertex = found && { ...found, authIds: [...new Set(authEventIds(found.event))] };
    this.#vertices.set(id, vertex);
    if (found !== undefined) this.#ids.set(found.event, id);
    return vertex;
  }
}
