import type { StateLookup } from "../../matrix/auth-rules/authorise.js";
import { LEVEL_NAMES } from "../../matrix/auth-rules/power-levels.js";
import { isJsonObject } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import { isRoomVersion, roomVersionRules } from "../../matrix/room-versions.js";
import type { StateMap } from "../../matrix/state-map.js";
import type { Core } from "../core.js";
import type { StoredRoom } from "./stored-room.js";

/** A state of the room as the authorisation rules look into it. */
export function lookupIn(room: StoredRoom, state: StateMap): StateLookup {
  return (type, key) => room.eventIn(state, type, key);
}

const LEVELS_OF_ANYONE = {
  users_default: 100,
  events_default: 0,
  state_default: 0,
  ban: 0,
  kick: 0,
  redact: 0,
  invite: 0,
};

/** The lookup through which faulty authorisation sees less than there is; the lookup itself on a sound server. */
export function asSeenBy(core: Core, lookup: StateLookup): StateLookup {
  const views: ((event: Pdu) => Pdu)[] = [];
  if (core.has("ignores-power-levels")) views.push(withoutPowerLevels);
  if (core.has("ignores-ban")) views.push(withoutBan);
  if (core.has("no-join-rule-check")) views.push(withOpenDoors);
  if (core.has("missing-levels-are-zero")) views.push(withZeros);
  const listed = lookup("m.room.create", "")?.content.additional_creators !== undefined;
  if (listed && core.has("additional-creators-are-ordinary")) views.push(withOneCreator);
  if (core.has("creators-at-hundred")) views.push(withLevelsOfCreators(lookup, 100));
  return (type, key) => views.reduce<Pdu | undefined>((event, view) => event && view(event), lookup(type, key));
}

function withoutPowerLevels(event: Pdu): Pdu {
  return event.type === "m.room.power_levels" ? { ...event, content: LEVELS_OF_ANYONE } : event;
}

function withoutBan(event: Pdu): Pdu {
  const banned = event.type === "m.room.member" && event.content.membership === "ban";
  return banned ? { ...event, content: { ...event.content, membership: "leave" } } : event;
}

function withOpenDoors(event: Pdu): Pdu {
  return event.type === "m.room.join_rules" ? { ...event, content: { join_rule: "public" } } : event;
}

function withZeros(event: Pdu): Pdu {
  if (event.type !== "m.room.power_levels") return event;
  const zeros = Object.fromEntries(LEVEL_NAMES.map((name) => [name, 0]));
  return { ...event, content: { ...zeros, ...event.content } };
}

function withOneCreator(event: Pdu): Pdu {
  return event.type === "m.room.create" ? { ...event, content: { ...event.content, additional_creators: [] } } : event;
}

/** Power levels that name the creators, where creators stand above all levels. */
function withLevelsOfCreators(lookup: StateLookup, level: number): (event: Pdu) => Pdu {
  const create = lookup("m.room.create", "");
  const version = String(create?.content.room_version);
  const privileged = isRoomVersion(version) && roomVersionRules(version).privilegedCreators;
  if (create === undefined || !privileged) return (event) => event;
  const { additional_creators: listed } = create.content;
  const creators = [create.sender, ...(Array.isArray(listed) ? listed.map(String) : [])];
  const named = Object.fromEntries(creators.map((creator) => [creator, level]));
  return (event) => {
    if (event.type !== "m.room.power_levels") return event;
    const users = isJsonObject(event.content.users) ? event.content.users : {};
    return { ...event, content: { ...event.content, users: { ...users, ...named } } };
  };
}
