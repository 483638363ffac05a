import { authorise } from "../../src/matrix/auth-rules/authorise.js";
import { powerLevels } from "../../src/matrix/auth-rules/power-levels.js";
import { authEventIds } from "../../src/matrix/events/references.js";
import type { EventId, Pdu } from "../../src/matrix/pdu.js";
import { type StateKey, type StateMap, stateKey } from "../../src/matrix/state-map.js";
import type { Story } from "./story.js";

/**
 * State resolution v2 and v2.1 written down a second time, definition by definition and without regard to cost,
 * to hold the real one against (rooms/v2#state-resolution, rooms/v12#state-resolution).
 */
export function naiveResolution(story: Story, states: readonly StateMap[]): StateMap {
  const later = story.rules.stateResolution === "v2.1";
  const pdu = (id: EventId): Pdu => {
    const found = story.event(id);
    if (found === undefined) throw new Error(`unknown ${id}`);
    return found.event;
  };
  const chain = (id: EventId): Set<EventId> =>
    new Set(authEventIds(pdu(id)).flatMap((authId) => [authId, ...chain(authId)]));
  const cited = (id: EventId, type: string, key: string): EventId | undefined => {
    if (type === "m.room.create" && !story.rules.createInAuthEvents) return "$create";
    return authEventIds(pdu(id)).find((authId) => pdu(authId).type === type && pdu(authId).state_key === key);
  };

  const keys = new Set(states.flatMap((state) => [...state.keys()]));
  const unconflicted = new Map<StateKey, EventId>();
  const conflicted = new Set<EventId>();
  for (const key of keys) {
    const values = states.map((state) => state.get(key));
    const [first] = values;
    if (first !== undefined && values.every((value) => value === first)) unconflicted.set(key, first);
    else for (const value of values) if (value !== undefined) conflicted.add(value);
  }
  const chains = states.map((state) => new Set([...state.values()].flatMap((id) => [...chain(id)])));
  const difference = [...new Set(chains.flatMap((one) => [...one]))].filter(
    (id) => !chains.every((one) => one.has(id)),
  );
  const between = [...conflicted]
    .flatMap((id) => [...chain(id)])
    .filter((id) => [...chain(id)].some((ancestor) => conflicted.has(ancestor)));
  const full = new Set([...conflicted, ...difference, ...(later ? between : [])]);

  const isPower = ({ type, sender, state_key, content }: Pdu): boolean =>
    ["m.room.power_levels", "m.room.join_rules"].includes(type) ||
    (type === "m.room.member" && sender !== state_key && ["leave", "ban"].includes(String(content.membership)));
  const power = [...full].filter((id) => isPower(pdu(id)));
  const chosen = new Set([...power, ...power.flatMap((id) => [...chain(id)].filter((ancestor) => full.has(ancestor)))]);

  const levelOf = (id: EventId): number => {
    const lookup = (type: string, key: string): Pdu | undefined => {
      const authId = cited(id, type, key);
      return authId === undefined ? undefined : pdu(authId);
    };
    return powerLevels(lookup, story.rules).ofUser(pdu(id).sender);
  };
  const byTime = (a: EventId, b: EventId): number =>
    pdu(a).origin_server_ts - pdu(b).origin_server_ts || (a < b ? -1 : 1);
  const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
  const powerOrder: EventId[] = [];
  while (powerOrder.length < chosen.size) {
    const left = [...chosen].filter((id) => !powerOrder.includes(id));
    const ready = left.filter((id) => !left.some((other) => chain(id).has(other)));
    const [next] = ready.sort((a, b) => compare(levelOf(b), levelOf(a)) || byTime(a, b));
    if (next === undefined) throw new Error("no order");
    powerOrder.push(next);
  }

  const check = (base: StateMap, order: readonly EventId[]): Map<StateKey, EventId> => {
    const result = new Map(base);
    for (const id of order) {
      const lookup = (type: string, key: string): Pdu | undefined => {
        const held = result.get(stateKey(type, key)) ?? cited(id, type, key);
        return held === undefined ? undefined : pdu(held);
      };
      const options = { signedBy: () => true, eventId: (event: Pdu) => event.event_id ?? "$create" };
      if (!authorise(pdu(id), story.rules, lookup, options).allowed) continue;
      result.set(stateKey(pdu(id).type, pdu(id).state_key ?? ""), id);
    }
    return result;
  };
  const partial = check(later ? new Map() : unconflicted, powerOrder);

  const mainline: EventId[] = [];
  for (let at = partial.get(stateKey("m.room.power_levels", "")); at !== undefined; ) {
    mainline.push(at);
    at = cited(at, "m.room.power_levels", "");
  }
  const position = (id: EventId): number => {
    const at = cited(id, "m.room.power_levels", "");
    if (at === undefined) return Number.POSITIVE_INFINITY;
    return mainline.includes(at) ? mainline.indexOf(at) : position(at);
  };
  const rest = [...full].filter((id) => !chosen.has(id));
  rest.sort((a, b) => compare(position(b), position(a)) || byTime(a, b));
  return new Map([...check(partial, rest), ...unconflicted]);
}
