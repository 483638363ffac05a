import { type AuthEvent, authoriseByAuthEvents } from "../auth-rules/auth-events-check.js";
import { type AuthoriseOptions, type AuthVerdict, authorise } from "../auth-rules/authorise.js";
import { authEventIds, type IdentifiedEvent, prevEventIds } from "../events/references.js";
import type { EventId, Pdu, ServerName } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";
import { type StateMap, stateKey } from "../state-map.js";
import {
  accountOfState,
  MissingEventError,
  type Reading,
  type ResolutionAccount,
  type ResolutionInput,
  type ResolvableEvent,
  resolveState,
} from "../state-resolution/resolve.js";

export interface GraphOptions {
  readonly rules: RoomVersionRules;
  /** Whether an event carries a valid signature of a server; only restricted joins ask. */
  readonly signedBy: (event: Pdu, server: ServerName) => boolean;
  /** What is known of the room from before the graph's first events, as a server that joined knows it. */
  readonly base?: GraphBase;
  readonly reading?: Reading;
}

export interface GraphBase {
  /** Events that are in the states or authorise them; taken as accepted. */
  readonly events: readonly IdentifiedEvent[];
  readonly stateAfter: ReadonlyMap<EventId, StateMap>;
}

/** What becomes of an event of a graph. */
export interface EventOutcome extends ResolvableEvent {
  readonly stateBefore: StateMap;
  readonly stateAfter: StateMap;
  /** The verdict of the last check made. */
  readonly verdict: AuthVerdict;
  /** The check that rejected the event (server-server-api#checks-performed-on-receipt-of-a-pdu). */
  readonly failed?: "auth-events" | "state-before";
}

const NO_STATE: StateMap = new Map();

/** Works out states and rejections of a room's events one after the other, each after those it refers to. */
export class GraphResolver {
  readonly #events = new Map<EventId, ResolvableEvent>();
  readonly #ids = new Map<Pdu, EventId>();
  readonly #stateAfter = new Map<EventId, StateMap>();

  constructor(private readonly options: GraphOptions) {
    for (const known of options.base?.events ?? []) this.#remember({ ...known, rejected: false });
    for (const [id, state] of options.base?.stateAfter ?? []) this.#stateAfter.set(id, state);
  }

  /** Judges an event by checks 4 and 5. Throws `MissingEventError` when an event it refers to has not been added. */
  add(added: IdentifiedEvent): EventOutcome {
    const { eventId, event } = added;
    this.#ids.set(event, eventId);
    const stateBefore = this.stateAfterAll(prevEventIds(event));
    const judged = this.#judge(event, stateBefore);
    const rejected = judged.failed !== undefined;
    const stateAfter = rejected || event.state_key === undefined ? stateBefore : withEvent(stateBefore, added);
    this.#remember({ eventId, event, rejected });
    this.#stateAfter.set(eventId, stateAfter);
    return { eventId, event, rejected, stateBefore, stateAfter, ...judged };
  }

  /** The state that the states after these events resolve to: that before an event which follows them all. */
  stateAfterAll(ids: readonly EventId[]): StateMap {
    return ids.length === 0 ? NO_STATE : resolveState(this.#inputAfterAll(ids));
  }

  /** The same, with an account of how it came about. */
  accountAfterAll(ids: readonly EventId[]): ResolutionAccount {
    return accountOfState(this.#inputAfterAll(ids));
  }

  #inputAfterAll(ids: readonly EventId[]): ResolutionInput {
    const states = ids.map((id) => {
      const state = this.#stateAfter.get(id);
      if (state === undefined) throw new MissingEventError(id);
      return state;
    });
    const { rules, reading } = this.options;
    const event = (id: EventId) => this.#events.get(id);
    return { rules, states, event, ...(reading === undefined ? {} : { reading }) };
  }

  /** What the authorisation rules say of an event in a state of this room. */
  authorise(event: Pdu, state: StateMap): AuthVerdict {
    const lookup = (type: string, key: string): Pdu | undefined => {
      const id = state.get(stateKey(type, key));
      return id === undefined ? undefined : this.#events.get(id)?.event;
    };
    return authorise(event, this.options.rules, lookup, this.#authoriseOptions(event));
  }

  #judge(event: Pdu, stateBefore: StateMap): Pick<EventOutcome, "verdict" | "failed"> {
    const authEvents = authEventIds(event).map((id) => this.#authEvent(id));
    const options = { ...this.#authoriseOptions(event), create: this.#createNamedByRoom(event) };
    const byAuthEvents = authoriseByAuthEvents(event, this.options.rules, authEvents, options);
    if (!byAuthEvents.allowed) return { verdict: byAuthEvents, failed: "auth-events" };
    const verdict = this.authorise(event, stateBefore);
    return verdict.allowed ? { verdict } : { verdict, failed: "state-before" };
  }

  #authEvent(id: EventId): AuthEvent {
    const known = this.#events.get(id);
    if (known === undefined) throw new MissingEventError(id);
    return known;
  }

  #createNamedByRoom(event: Pdu): Pdu | undefined {
    if (this.options.rules.createInAuthEvents) return undefined;
    const create = this.#events.get(`$${(event.room_id ?? "").slice(1)}`);
    return create === undefined || create.rejected ? undefined : create.event;
  }

  #authoriseOptions(event: Pdu): AuthoriseOptions {
    return {
      signedBy: (server) => this.options.signedBy(event, server),
      eventId: (other) => this.#ids.get(other),
    };
  }

  #remember(known: ResolvableEvent): void {
    this.#events.set(known.eventId, known);
    this.#ids.set(known.event, known.eventId);
  }
}

function withEvent(state: StateMap, { eventId, event }: IdentifiedEvent): StateMap {
  return new Map(state).set(stateKey(event.type, event.state_key ?? ""), eventId);
}
