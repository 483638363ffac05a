import { authorise } from "../../src/matrix/auth-rules/authorise.js";
import { powerLevels } from "../../src/matrix/auth-rules/power-levels.js";
import { authEventIds } from "../../src/matrix/events/references.js";
import type { EventId, Pdu } from "../../src/matrix/pdu.js";
import { type StateKey, type StateMap, stateKey } from "../../src/matrix/state-map.js";
import type { Story } from "./story.js";

const LEVELS = "m.room.power_levels";

/**
 * State resolution v2 and v2.1 written down a second time, definition by definition and without regard to cost,
 * to hold the real one against (rooms/v2#state-resolution, rooms/v12#state-resolution).
 */
export function naiveResolution(story: Story, states: readonly StateMap[]): StateMap {
  const naive = new Naive(story);
  const later = story.rules.stateResolution === "v2.1";
  const { unconflicted, conflicted } = separate(states);
  const between = later ? naive.subgraph(conflicted) : [];
  const full = new Set([...conflicted, ...naive.difference(states), ...between]);
  const chosen = naive.powerSet(full);
  const partial = naive.check(later ? new Map() : unconflicted, naive.powerOrder(chosen));
  const rest = [...full].filter((id) => !chosen.has(id));
  const ordered = naive.mainlineOrder(rest, partial.get(stateKey(LEVELS, "")));
  return new Map([...naive.check(partial, ordered), ...unconflicted]);
}

function separate(states: readonly StateMap[]): { unconflicted: StateMap; conflicted: Set<EventId> } {
  const unconflicted = new Map<StateKey, EventId>();
  const conflicted = new Set<EventId>();
  for (const key of states.flatMap((state) => [...state.keys()])) {
    const values = states.map((state) => state.get(key));
    const [first] = values;
    if (first !== undefined && values.every((value) => value === first)) unconflicted.set(key, first);
    else for (const value of values) if (value !== undefined) conflicted.add(value);
  }
  return { unconflicted, conflicted };
}

class Naive {
  constructor(private readonly story: Story) {}

  difference(states: readonly StateMap[]): EventId[] {
    const chains = states.map((state) => new Set([...state.values()].flatMap((id) => [...this.#chain(id)])));
    return chains.flatMap((one) => [...one]).filter((id) => !chains.every((one) => one.has(id)));
  }

  subgraph(conflicted: ReadonlySet<EventId>): EventId[] {
    return [...conflicted]
      .flatMap((id) => [...this.#chain(id)])
      .filter((id) => [...this.#chain(id)].some((ancestor) => conflicted.has(ancestor)));
  }

  powerSet(full: ReadonlySet<EventId>): Set<EventId> {
    const power = [...full].filter((id) => this.#isPower(this.#pdu(id)));
    const chains = power.flatMap((id) => [...this.#chain(id)]);
    return new Set([...power, ...chains.filter((ancestor) => full.has(ancestor))]);
  }

  powerOrder(chosen: ReadonlySet<EventId>): EventId[] {
    const order: EventId[] = [];
    while (order.length < chosen.size) {
      const left = [...chosen].filter((id) => !order.includes(id));
      const ready = left.filter((id) => !left.some((other) => this.#chain(id).has(other)));
      const [next] = ready.sort((a, b) => compare(this.#levelAt(b), this.#levelAt(a)) || this.#byTime(a, b));
      if (next === undefined) throw new Error("no order");
      order.push(next);
    }
    return order;
  }

  mainlineOrder(ids: readonly EventId[], levels: EventId | undefined): EventId[] {
    const mainline: EventId[] = [];
    for (let at = levels; at !== undefined; at = this.#cited(at, LEVELS, "")) mainline.push(at);
    const position = (id: EventId): number => {
      const at = this.#cited(id, LEVELS, "");
      if (at === undefined) return Number.POSITIVE_INFINITY;
      return mainline.includes(at) ? mainline.indexOf(at) : position(at);
    };
    return ids.toSorted((a, b) => compare(position(b), position(a)) || this.#byTime(a, b));
  }

  check(base: StateMap, order: readonly EventId[]): Map<StateKey, EventId> {
    const result = new Map(base);
    const options = { signedBy: () => true, eventId: (event: Pdu) => event.event_id ?? "$create" };
    for (const id of order) {
      const lookup = (type: string, key: string): Pdu | undefined => {
        const held = result.get(stateKey(type, key)) ?? this.#cited(id, type, key);
        return held === undefined ? undefined : this.#pdu(held);
      };
      const event = this.#pdu(id);
      if (authorise(event, this.story.rules, lookup, options).allowed) {
        result.set(stateKey(event.type, event.state_key ?? ""), id);
      }
    }
    return result;
  }

  #pdu(id: EventId): Pdu {
    return this.story.outcome(id.slice(1).replace(":x.example", "")).event;
  }

  #chain(id: EventId): Set<EventId> {
    return new Set(authEventIds(this.#pdu(id)).flatMap((authId) => [authId, ...this.#chain(authId)]));
  }

  #cited(id: EventId, type: string, key: string): EventId | undefined {
    if (type === "m.room.create" && !this.story.rules.createInAuthEvents) return "$create";
    return authEventIds(this.#pdu(id)).find((authId) => {
      const event = this.#pdu(authId);
      return event.type === type && event.state_key === key;
    });
  }

  #isPower({ type, sender, state_key, content }: Pdu): boolean {
    if (type === LEVELS || type === "m.room.join_rules") return true;
    return type === "m.room.member" && sender !== state_key && ["leave", "ban"].includes(String(content.membership));
  }

  #levelAt(id: EventId): number {
    const lookup = (type: string, key: string): Pdu | undefined => {
      const authId = this.#cited(id, type, key);
      return authId === undefined ? undefined : this.#pdu(authId);
    };
    return powerLevels(lookup, this.story.rules).ofUser(this.#pdu(id).sender);
  }

  #byTime(a: EventId, b: EventId): number {
    return this.#pdu(a).origin_server_ts - this.#pdu(b).origin_server_ts || (a < b ? -1 : 1);
  }
}

function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
