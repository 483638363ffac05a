import { expect } from "chai";
import { authorise, type RuleId } from "../../src/matrix/auth-rules/authorise.js";
import type { JsonObject } from "../../src/matrix/json.js";
import type { EventReference, Pdu } from "../../src/matrix/pdu.js";
import { ROOM_VERSIONS, type RoomVersionRules, roomVersionRules } from "../../src/matrix/room-versions.js";
import { stateKey } from "../../src/matrix/state-map.js";

/** The people of every case. The creator is nobody else, so that versions with privileged creators need no cases of their own. */
export const CREATOR = "@creator:a.example";
export const ADMIN = "@admin:a.example";
export const MODERATOR = "@moderator:a.example";
export const MEMBER = "@member:a.example";
export const REMOTE = "@remote:b.example";
export const INVITED = "@invited:b.example";
export const KNOCKING = "@knocking:b.example";
export const BANNED = "@banned:b.example";
export const STRANGER = "@stranger:c.example";

/** What a case says of an event; the rest is filled in for the room version. */
export interface Sketch {
  readonly type: string;
  readonly sender?: string;
  readonly state_key?: string;
  readonly content?: JsonObject;
  readonly redacts?: string;
  readonly room_id?: string | undefined;
  readonly event_id?: string;
  readonly prev?: readonly string[];
}

/** One event before one state, and the rule that must decide it in these room versions. */
export interface AuthCase {
  readonly rule: RuleId;
  readonly allowed: boolean;
  readonly when: string;
  readonly versions: string;
  readonly event: Sketch;
  readonly state?: readonly Sketch[];
  /** Types whose events the room lacks. */
  readonly without?: readonly string[];
  readonly signedBy?: readonly string[];
}

/** "1-6,8" as room version ids. */
export function versionsIn(ranges: string): string[] {
  return ranges.split(",").flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return ROOM_VERSIONS.filter((version) => Number(version) >= from && Number(version) <= to);
  });
}

export function member(user: string, membership: string, sender = user, more: JsonObject = {}): Sketch {
  return { type: "m.room.member", sender, state_key: user, content: { membership, ...more } };
}

export function joinRules(rule: string): Sketch {
  return { type: "m.room.join_rules", state_key: "", sender: ADMIN, content: { join_rule: rule } };
}

export function levels(content: JsonObject, sender = ADMIN): Sketch {
  return { type: "m.room.power_levels", state_key: "", sender, content };
}

export const USERS = { [ADMIN]: 100, [MODERATOR]: 50 } as const;

const ROOM: readonly Sketch[] = [
  { type: "m.room.create", state_key: "", sender: CREATOR, content: { creator: CREATOR } },
  ...[CREATOR, ADMIN, MODERATOR, MEMBER, REMOTE].map((user) => member(user, "join")),
  member(INVITED, "invite", ADMIN),
  member(KNOCKING, "knock"),
  member(BANNED, "ban", ADMIN),
  levels({ users: USERS }),
  joinRules("public"),
];

/** The event's verdict in one room version; throws when it is not the expected one. */
export function runAuthCase(theCase: AuthCase, version: string): void {
  const rules = roomVersionRules(version);
  const state = new Map<string, Pdu>();
  for (const sketch of [...ROOM, ...(theCase.state ?? [])]) {
    if (theCase.without?.includes(sketch.type)) continue;
    state.set(stateKey(sketch.type, sketch.state_key ?? ""), pduOf(sketch, rules));
  }
  const verdict = authorise(pduOf(theCase.event, rules), rules, (type, key) => state.get(stateKey(type, key)), {
    signedBy: (server) => theCase.signedBy?.includes(server) ?? false,
    eventId: (event) => (event.type === "m.room.create" ? createIdIn(rules) : event.event_id),
  });
  const { rule, allowed } = theCase;
  expect(verdict).to.include({ rule, allowed }, verdict.allowed ? "allowed" : verdict.reason);
}

function createIdIn(rules: RoomVersionRules): string {
  return rules.eventIds === "field" ? "$create:a.example" : "$create";
}

export function pduOf(sketch: Sketch, rules: RoomVersionRules): Pdu {
  const { prev, room_id, ...own } = sketch;
  const isCreate = sketch.type === "m.room.create";
  const room = rules.roomIds === "domain" ? "!room:a.example" : "!create";
  const roomId = "room_id" in sketch ? room_id : isCreate && rules.roomIds === "create-hash" ? undefined : room;
  const prevIds = prev ?? (isCreate ? [] : ["$last"]);
  return {
    sender: ADMIN,
    content: {},
    origin_server_ts: 1,
    depth: 5,
    auth_events: [],
    prev_events: prevIds.map((id) => referenceTo(id === "create" ? createIdIn(rules) : id, rules)),
    ...(rules.eventIds === "field" ? { event_id: "$event:a.example" } : {}),
    ...(roomId === undefined ? {} : { room_id: roomId }),
    ...own,
  };
}

function referenceTo(id: string, rules: RoomVersionRules): EventReference {
  return rules.references === "ids" ? id : [id, { sha256: "" }];
}
