import type { EventId, Pdu } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";
import { type StateKey, stateKey } from "../state-map.js";
import { authEventKeys } from "./auth-events.js";
import { type AuthoriseOptions, authorise } from "./authorise.js";
import type { StateLookup } from "./power-levels.js";
import { type AuthVerdict, allow, type Refused, refuse } from "./verdict.js";

/** An entry of an event's `auth_events` together with the event it names. */
export interface AuthEvent {
  readonly eventId: EventId;
  readonly event: Pdu;
  readonly rejected: boolean;
}

type AuthEventsRule = (event: Pdu, rules: RoomVersionRules, authEvents: readonly AuthEvent[]) => Refused | undefined;

/** FED-AR-009 (rooms/v1#authorisation-rules 2.1). */
const noKeyTwice: AuthEventsRule = (_event, _rules, authEvents) => {
  const seen = new Set<StateKey>();
  for (const entry of authEvents) {
    const key = keyOf(entry.event);
    if (key !== undefined && seen.has(key))
      return refuse("FED-AR-009", `${describe(entry)} is a second entry for its key`);
    if (key !== undefined) seen.add(key);
  }
  return undefined;
};

/** FED-AR-010 (rooms/v1#authorisation-rules 2.2, rooms/v12#authorisation-rules 3.2). */
const onlySelectedKeys: AuthEventsRule = (event, rules, authEvents) => {
  const selected = new Set(authEventKeys(event, rules));
  const foreign = authEvents.find((entry) => {
    const key = keyOf(entry.event);
    return key === undefined || !selected.has(key);
  });
  return foreign && refuse("FED-AR-010", `${describe(foreign)} is not of the selection`);
};

/** FED-AR-011 (rooms/v1#authorisation-rules 2.3). */
const noneRejected: AuthEventsRule = (_event, _rules, authEvents) => {
  const rejected = authEvents.find((entry) => entry.rejected);
  return rejected && refuse("FED-AR-011", `${describe(rejected)} was rejected`);
};

/** FED-AR-012 (rooms/v1#authorisation-rules 2.4): where create events are selected. */
const createAmongThem: AuthEventsRule = (_event, rules, authEvents) =>
  !rules.createInAuthEvents || authEvents.some((entry) => entry.event.type === "m.room.create")
    ? undefined
    : refuse("FED-AR-012", "no create event among the auth events");

/** FED-AR-013 (rooms/v1#authorisation-rules 2.5, rooms/v12#authorisation-rules 3.5). */
const allOfThisRoom: AuthEventsRule = (event, _rules, authEvents) => {
  const stray = authEvents.find((entry) => entry.event.room_id !== event.room_id);
  return stray && refuse("FED-AR-013", `${describe(stray)} is of room ${stray.event.room_id}`);
};

const SEQUENCE: readonly AuthEventsRule[] = [
  noKeyTwice,
  onlySelectedKeys,
  noneRejected,
  createAmongThem,
  allOfThisRoom,
];

/**
 * Judges the composition of an event's `auth_events` (rooms/v1#authorisation-rules 2, rooms/v12#authorisation-rules 3).
 * Allowed means that this rule has nothing against the event: the others are still to be asked. `forgotten` as for `authorise`.
 */
export function checkAuthEvents(
  event: Pdu,
  rules: RoomVersionRules,
  authEvents: readonly AuthEvent[],
  forgotten?: AuthoriseOptions["forgotten"],
): AuthVerdict {
  if (event.type === "m.room.create") return allow("FED-AR-007");
  for (const rule of SEQUENCE) {
    const refusal = rule(event, rules, authEvents);
    if (refusal !== undefined && forgotten?.has(refusal.rule) !== true) return refusal;
  }
  return allow("FED-AR-079");
}

/** The state that auth events make up. `create` is the room's create event where auth events do not name it (room version 12). */
export function stateOfAuthEvents(authEvents: readonly AuthEvent[], create?: Pdu): StateLookup {
  const state = new Map<StateKey, Pdu>();
  if (create !== undefined) state.set(stateKey("m.room.create", ""), create);
  for (const { event } of authEvents) {
    const key = keyOf(event);
    if (key !== undefined) state.set(key, event);
  }
  return (type, key) => state.get(stateKey(type, key));
}

/**
 * Check 4 on receipt of an event: its auth events are well composed and allow it
 * (server-server-api#checks-performed-on-receipt-of-a-pdu). `create` as for `stateOfAuthEvents`.
 */
export function authoriseByAuthEvents(
  event: Pdu,
  rules: RoomVersionRules,
  authEvents: readonly AuthEvent[],
  options: AuthoriseOptions & { readonly create?: Pdu | undefined },
): AuthVerdict {
  const composition = checkAuthEvents(event, rules, authEvents, options.forgotten);
  if (!composition.allowed) return composition;
  return authorise(event, rules, stateOfAuthEvents(authEvents, options.create), options);
}

function keyOf(event: Pdu): StateKey | undefined {
  return event.state_key === undefined ? undefined : stateKey(event.type, event.state_key);
}

function describe({ eventId, event }: AuthEvent): string {
  return `${event.type} ${eventId}`;
}
