import {
  REDACTION_1,
  REDACTION_6,
  REDACTION_8,
  REDACTION_9,
  REDACTION_11,
  type RedactionRules,
} from "./redaction-rules.js";

/** Everything in which room versions differ, as data: code asks for the property it needs and never compares versions. */
export interface RoomVersionRules {
  readonly id: string;
  /** `field`: chosen by the sender, on the wire. The others: `$` and the reference hash in that base64 alphabet. */
  readonly eventIds: "field" | "hash-standard" | "hash-url-safe";
  /** How `prev_events` and `auth_events` name events: `[event_id, {sha256}]` pairs or ids. */
  readonly references: "pairs" | "ids";
  /** `domain`: `!opaque:domain`. `create-hash`: the create event's id with the other sigil, absent from the create event. */
  readonly roomIds: "domain" | "create-hash";
  readonly createInAuthEvents: boolean;
  readonly strictCanonicalJson: boolean;
  /** The ceiling of `depth`. 2^63-1 is not a double: the old ceiling reads as 2^63, which is also what such a depth parses to. */
  readonly maxDepth: number;
  /** Whether `valid_until_ts` of a signing key must reach the event's `origin_server_ts`. */
  readonly enforcesKeyValidity: boolean;
  readonly powerLevels: "integers-strings-floats" | "integers-strings" | "integers";
  /** Whether the `notifications` levels are judged when power levels change. */
  readonly checksNotifications: boolean;
  /** Whether `m.room.aliases` has an authorisation rule of its own. */
  readonly aliasesRule: boolean;
  /** Whether an authorisation rule decides on redactions; otherwise they are judged once both events are there. */
  readonly redactionByAuthRule: boolean;
  readonly redactsIn: "top-level" | "content";
  readonly knock: boolean;
  readonly restricted: boolean;
  readonly knockRestricted: boolean;
  readonly redaction: RedactionRules;
  /** Where the room's creator is named: `content.creator` or the `sender` of the create event. */
  readonly creatorIn: "content" | "sender";
  /** Whether creators stand above every power level. */
  readonly privilegedCreators: boolean;
  readonly stateResolution: "v1" | "v2" | "v2.1";
}

export class UnknownRoomVersionError extends Error {
  readonly code = "UNKNOWN_ROOM_VERSION";

  constructor(readonly roomVersion: string) {
    super(`unknown room version ${JSON.stringify(roomVersion)}`);
    this.name = "UnknownRoomVersionError";
  }
}

const V1: RoomVersionRules = {
  id: "1",
  eventIds: "field",
  references: "pairs",
  roomIds: "domain",
  createInAuthEvents: true,
  strictCanonicalJson: false,
  maxDepth: 2 ** 63,
  enforcesKeyValidity: false,
  powerLevels: "integers-strings-floats",
  checksNotifications: false,
  aliasesRule: true,
  redactionByAuthRule: true,
  redactsIn: "top-level",
  knock: false,
  restricted: false,
  knockRestricted: false,
  redaction: REDACTION_1,
  creatorIn: "content",
  privilegedCreators: false,
  stateResolution: "v1",
};

const V2: RoomVersionRules = { ...V1, id: "2", stateResolution: "v2" };

const V3: RoomVersionRules = {
  ...V2,
  id: "3",
  eventIds: "hash-standard",
  references: "ids",
  redactionByAuthRule: false,
};

const V4: RoomVersionRules = { ...V3, id: "4", eventIds: "hash-url-safe" };

const V5: RoomVersionRules = { ...V4, id: "5", enforcesKeyValidity: true };

const V6: RoomVersionRules = {
  ...V5,
  id: "6",
  strictCanonicalJson: true,
  maxDepth: Number.MAX_SAFE_INTEGER,
  powerLevels: "integers-strings",
  checksNotifications: true,
  aliasesRule: false,
  redaction: REDACTION_6,
};

const V7: RoomVersionRules = { ...V6, id: "7", knock: true };

const V8: RoomVersionRules = { ...V7, id: "8", restricted: true, redaction: REDACTION_8 };

const V9: RoomVersionRules = { ...V8, id: "9", redaction: REDACTION_9 };

const V10: RoomVersionRules = { ...V9, id: "10", knockRestricted: true, powerLevels: "integers" };

const V11: RoomVersionRules = {
  ...V10,
  id: "11",
  redactsIn: "content",
  creatorIn: "sender",
  redaction: REDACTION_11,
};

const V12: RoomVersionRules = {
  ...V11,
  id: "12",
  roomIds: "create-hash",
  createInAuthEvents: false,
  privilegedCreators: true,
  stateResolution: "v2.1",
};

const TABLE: ReadonlyMap<string, RoomVersionRules> = new Map(
  [V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12].map((rules) => [rules.id, rules]),
);

/** The ids of all room versions in the table. Identifiers are opaque: their order here means nothing (rooms#room-version-grammar). */
export const ROOM_VERSIONS: readonly string[] = [...TABLE.keys()];

/** True for a room version in the table. */
export function isRoomVersion(id: string): boolean {
  return TABLE.has(id);
}

/** The row of a room version; throws `UnknownRoomVersionError`. */
export function roomVersionRules(id: string): RoomVersionRules {
  const rules = TABLE.get(id);
  if (rules === undefined) throw new UnknownRoomVersionError(id);
  return rules;
}
