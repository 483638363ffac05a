import { checkAuthEvents, stateOfAuthEvents } from "../../matrix/auth-rules/auth-events-check.js";
import { type AuthVerdict, authorise, type StateLookup } from "../../matrix/auth-rules/authorise.js";
import { authEventIds } from "../../matrix/events/references.js";
import type { EventId, Pdu } from "../../matrix/pdu.js";
import type { StateMap } from "../../matrix/state-map.js";
import type { Core } from "../core.js";
import type { EventRecord } from "../parts.js";
import { withFaultyInvitations } from "./faulty-invitations.js";
import { eventAsSeenBy, withFaultyLevels } from "./faulty-levels.js";
import { forgottenRules, isFaulty, rulesAsSeenBy, verdictAsSeenBy } from "./faulty-rules.js";
import { asSeenBy, lookupIn } from "./lookup.js";
import { SETTLED } from "./resolver.js";
import type { StoredRoom } from "./stored-room.js";

export interface Judgement {
  readonly rejected: boolean;
  readonly softFailed: boolean;
  readonly reason?: string;
}

const SOUND: Judgement = { rejected: false, softFailed: false };

/** Checks 4 to 6 on receipt of a PDU, each by itself (server-server-api#checks-performed-on-receipt-of-a-pdu). */
export function judge(core: Core, room: StoredRoom, event: Pdu, stateBefore: StateMap, live: boolean): Judgement {
  if (core.has("skips-auth-rules")) return SOUND;
  const reason = refusalByAuthEvents(core, room, event) ?? refusalIn(core, room, event, stateBefore);
  if (reason !== undefined) return { rejected: true, softFailed: false, reason };
  if (!live || core.has("skips-soft-failure")) return SOUND;
  const late = refusalIn(core, room, event, room.currentState());
  return late === undefined ? SOUND : { rejected: false, softFailed: true, reason: late };
}

/** Check 4: why the event's own auth events do not allow it. Unknown ones allow nothing. */
export function refusalByAuthEvents(core: Core, room: StoredRoom, event: Pdu): string | undefined {
  const ids = authEventIds(event);
  const records = ids.flatMap((id) => room.record(id) ?? []);
  if (records.length < ids.length && !core.has("cites-other-rooms")) return "an auth event is unknown";
  const composition = checkAuthEvents(event, room.rules, records, forgottenRules(core));
  if (!composition.allowed && !core.has("skips-auth-events-check")) return reasonOf(composition);
  const create = room.rules.createInAuthEvents ? undefined : createOf(room)?.event;
  const refused = refusal(core, room, event, stateOfAuthEvents(records, create));
  if (refused === undefined || event.type === "m.room.create") return refused;
  return core.has("skips-auth-by-auth-events") ? undefined : refused;
}

/** Why a state of the room does not allow the event. Nothing comes before a create event. */
export function refusalIn(core: Core, room: StoredRoom, event: Pdu, state: StateMap): string | undefined {
  if (event.type === "m.room.create" && state.size === 0) return refusal(core, room, event, () => undefined);
  return refusal(core, room, event, lookupIn(room, state));
}

/** The room's create event, where the room id names it (rooms/v12#room-ids). */
function createOf(room: StoredRoom): EventRecord | undefined {
  if (room.rules.roomIds === "domain") return undefined;
  const record = room.record(`$${room.roomId.slice(1)}`);
  return record?.rejected === true ? undefined : record;
}

function refusal(core: Core, room: StoredRoom, event: Pdu, lookup: StateLookup): string | undefined {
  if (!isFaulty(core)) return reasonOf(authorise(event, room.rules, lookup, SETTLED));
  const state = asSeenBy(core, withFaultyLevels(core, event, withFaultyInvitations(core, room, lookup)));
  const judged = { event: eventAsSeenBy(core, event), state };
  const rules = rulesAsSeenBy(core, room.rules, judged);
  const options = { ...SETTLED, forgotten: forgottenRules(core), eventId: idOfCreate(room) };
  return reasonOf(verdictAsSeenBy(core, authorise(judged.event, rules, judged.state, options), judged, rules));
}

function reasonOf(verdict: AuthVerdict): string | undefined {
  return verdict.allowed ? undefined : verdict.reason;
}

/** A faulty server may read a create event otherwise than it was sent: its id stays. */
function idOfCreate(room: StoredRoom): (event: Pdu) => EventId | undefined {
  return ({ type }) => (type === "m.room.create" ? createOf(room)?.eventId : undefined);
}
