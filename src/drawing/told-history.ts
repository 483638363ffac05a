import { type Arrival, asTheyCanBePlaced, playArrivals } from "../matrix/dag/arrivals.js";
import { type GraphOptions, GraphResolver } from "../matrix/dag/graph-resolver.js";
import { type IdentifiedEvent, prevEventIds } from "../matrix/events/references.js";
import type { EventId, Pdu } from "../matrix/pdu.js";
import { type StateMap, stateKey } from "../matrix/state-map.js";
import type { ResolutionAccount } from "../matrix/state-resolution/resolve.js";
import { accountWords, type Cast, type Decision, overruledBy } from "./account-words.js";
import {
  alternatives,
  type ComparedEntry,
  consequence,
  disputedKeys,
  type StateComparison,
  stateComparison,
} from "./compared-state.js";
import { eventWords, type Who } from "./event-words.js";

/** What is known of a room's history at one server. */
export interface HistoryMaterial {
  readonly options: GraphOptions;
  /** In the order in which the server got them. */
  readonly events: readonly IdentifiedEvent[];
  /** What the teller calls events. */
  readonly names: ReadonlyMap<EventId, string>;
  readonly who: Who;
  /** Named events that the server did not get, or that are none. */
  readonly besides?: readonly Beside[];
}

export interface Beside extends IdentifiedEvent {
  readonly fate: "unsent" | "invalid";
}

/** How the state before an event came about. */
export interface Reasoning {
  /** The names of the events whose branches were joined; empty where nothing was in dispute. */
  readonly joined: readonly string[];
  readonly decisions: readonly Decision[];
}

/** A history with what the specification makes of it: fates, states, and the reasons for them. */
export class ToldHistory {
  readonly arrivals: ReadonlyMap<EventId, Arrival>;
  /** Events that refer to something that is not known. */
  readonly waiting: readonly IdentifiedEvent[];
  readonly #resolver: GraphResolver;
  readonly #known: ReadonlyMap<EventId, Pdu>;

  /** Throws `MissingEventError` where the base lacks events of its own states. */
  constructor(readonly material: HistoryMaterial) {
    const { options, events, besides = [] } = material;
    const base = options.base?.events ?? [];
    const { placed, waiting } = asTheyCanBePlaced(events, options.base);
    this.#resolver = new GraphResolver(options);
    this.arrivals = new Map(playArrivals(placed, options, this.#resolver).map((one) => [one.eventId, one]));
    this.waiting = waiting;
    this.#known = new Map([...base, ...events, ...besides].map(({ eventId, event }) => [eventId, event]));
  }

  event(id: EventId): Pdu | undefined {
    return this.#known.get(id);
  }

  /** The state before an event; the current one when none is named. Undefined when it cannot be told. */
  stateBefore(id?: EventId): StateMap | undefined {
    if (id !== undefined) return this.arrivals.get(id)?.stateBefore;
    return [...this.arrivals.values()].at(-1)?.currentState;
  }

  /** Who did what. */
  wordsOf(id: EventId): string {
    const event = this.event(id);
    if (event === undefined) return `event ${id}`;
    const state = this.arrivals.get(id)?.stateBefore;
    const holder = event.state_key === undefined ? undefined : state?.get(stateKey(event.type, event.state_key));
    return eventWords(event, this.material.who, holder === undefined ? undefined : this.event(holder));
  }

  /** How an event is called in a sentence: by its name, or by who did what. */
  readonly quoted = (id: EventId): string => `“${this.material.names.get(id) ?? this.wordsOf(id)}”`;

  /** How the state before an event came about, or the current one: where branches last came together in dispute. */
  reasoning(id?: EventId): Reasoning {
    const found = this.#lastDispute(id);
    if (found === undefined) return { joined: [], decisions: [] };
    return { joined: found.tips.map(this.quoted), decisions: accountWords(found.account, this.cast) };
  }

  /** The state before an event as it must be, beside what a server gave for it. */
  compared(id: EventId | undefined, given?: ReadonlySet<EventId>): StateComparison | undefined {
    const right = this.stateBefore(id);
    if (right === undefined) return undefined;
    const account = this.#lastDispute(id)?.account;
    return stateComparison(this, { right, disputed: disputedKeys(account), ...(given === undefined ? {} : { given }) });
  }

  /** The events that gave way where branches last came together in dispute before an event, each with the rule. */
  overruled(id?: EventId): ReadonlyMap<EventId, string> {
    const account = this.#lastDispute(id)?.account;
    return account === undefined ? new Map() : overruledBy(account, this.material.options.rules);
  }

  /** What else could have been made of the entries that were in dispute, by entry. */
  otherAnswers(id?: EventId): readonly ComparedEntry[] {
    const account = this.#lastDispute(id)?.account;
    const right = this.stateBefore(id);
    return account === undefined || right === undefined ? [] : alternatives(this, account, right);
  }

  /** What a state event makes of its entry, beside what held it before; undefined for a message. */
  consequence(id: EventId): ComparedEntry | undefined {
    return consequence(this, id, this.arrivals.get(id)?.stateBefore);
  }

  get cast(): Cast {
    const { options, who } = this.material;
    return { rules: options.rules, who, nameOf: this.quoted, event: (id) => this.event(id) };
  }

  #lastDispute(
    id: EventId | undefined,
  ): { readonly tips: readonly EventId[]; readonly account: ResolutionAccount } | undefined {
    const last = [...this.arrivals.values()].at(-1);
    const seen = new Set<EventId>();
    const open: (readonly EventId[])[] = [id === undefined ? (last?.extremities ?? []) : this.#prevOf(id)];
    for (let tips = open.shift(); tips !== undefined; tips = open.shift()) {
      if (tips.length > 1 && tips.every((tip) => this.arrivals.has(tip) || this.#inBase(tip))) {
        const account = this.#resolver.accountAfterAll(tips);
        if (account.steps.length > 0) return { tips, account };
      }
      for (const tip of tips) {
        if (!seen.has(tip)) open.push(this.#prevOf(tip));
        seen.add(tip);
      }
    }
    return undefined;
  }

  #inBase(id: EventId): boolean {
    return this.material.options.base?.stateAfter.has(id) ?? false;
  }

  #prevOf(id: EventId): readonly EventId[] {
    const arrival = this.arrivals.get(id);
    return arrival === undefined ? [] : prevEventIds(arrival.event);
  }
}
