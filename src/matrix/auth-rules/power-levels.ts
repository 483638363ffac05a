import { type JsonObject, member } from "../json.js";
import type { Pdu, UserId } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";
import { firstCreator, isPrivilegedCreator } from "./creators.js";
import { readLevel } from "./level-value.js";
import { ownObject } from "./own-object.js";

/** Finds the event that holds (type, state_key) in some state of the room. */
export type StateLookup = (type: string, stateKey: string) => Pdu | undefined;

/** The levels that stand directly in the content of `m.room.power_levels`, with their defaults (client-server-api#mroompower_levels). */
export const DEFAULT_LEVELS = {
  users_default: 0,
  events_default: 0,
  state_default: 50,
  ban: 50,
  redact: 50,
  kick: 50,
  invite: 0,
} as const;

export type LevelName = keyof typeof DEFAULT_LEVELS;

export const LEVEL_NAMES = Object.keys(DEFAULT_LEVELS) as readonly LevelName[];

/** A room's power levels, every default filled in. A creator's level may be `Infinity`. */
export interface PowerLevels {
  readonly ban: number;
  readonly kick: number;
  readonly redact: number;
  readonly invite: number;
  ofUser(user: UserId): number;
  /** The level required to send an event of this type. */
  toSend(type: string, isState: boolean): number;
}

/** Reads the power levels of a state (server-server-api#definitions, client-server-api#mroompower_levels). */
export function powerLevels(state: StateLookup, rules: RoomVersionRules): PowerLevels {
  return powerLevelsOf(state("m.room.power_levels", ""), state("m.room.create", ""), rules);
}

/** As `powerLevels`, from the two events that matter; either may be missing. */
export function powerLevelsOf(levels: Pdu | undefined, create: Pdu | undefined, rules: RoomVersionRules): PowerLevels {
  const content = levels?.content;
  const named = (name: LevelName): number => namedLevel(content, name, rules);
  return {
    ban: named("ban"),
    kick: named("kick"),
    redact: named("redact"),
    invite: named("invite"),
    ofUser: (user) => {
      if (isPrivilegedCreator(user, create, rules)) return Number.POSITIVE_INFINITY;
      if (content !== undefined) return entry(content, "users", user, rules) ?? named("users_default");
      return create !== undefined && firstCreator(create, rules) === user ? 100 : 0;
    },
    toSend: (type, isState) =>
      (content && entry(content, "events", type, rules)) ?? named(isState ? "state_default" : "events_default"),
  };
}

function namedLevel(content: JsonObject | undefined, name: LevelName, rules: RoomVersionRules): number {
  return (content && readLevel(member(content, name), rules.powerLevels)) ?? DEFAULT_LEVELS[name];
}

function entry(content: JsonObject, table: string, key: string, rules: RoomVersionRules): number | undefined {
  return readLevel(member(ownObject(content, table), key), rules.powerLevels);
}
