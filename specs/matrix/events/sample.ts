import fc from "fast-check";
import { decodeBase64 } from "../../../src/matrix/base64.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { signingKey } from "../../../src/matrix/keys.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { ROOM_VERSIONS, type RoomVersionRules, roomVersionRules } from "../../../src/matrix/room-versions.js";
import keys from "../../vectors/json-signing.json" with { type: "json" };

/** The key of the published vectors, of the server `domain`. */
export const key = signingKey(decodeBase64(keys.seed), keys.version);
export const allRules: readonly RoomVersionRules[] = ROOM_VERSIONS.map(roomVersionRules);

/** A room ID in the form of the room version. */
export function roomIdFor(rules: RoomVersionRules): string {
  return rules.roomIds === "domain" ? "!r:domain" : "!P5-6WTYQ_woy6f4nmleE0XqxjtZcyKGza5_gDN-KAdM";
}

/** A well-formed event of the room version but for signatures: its hash is a dummy. */
export function sampleEvent(rules: RoomVersionRules, changes: JsonObject = {}): Pdu & JsonObject {
  const fields = rules.eventIds === "field" ? { event_id: "$e:domain" } : {};
  return {
    type: "m.room.message",
    sender: "@a:domain",
    room_id: roomIdFor(rules),
    content: { msgtype: "m.text", body: "hi" },
    origin_server_ts: 1_000_000,
    depth: 7,
    prev_events: [],
    auth_events: [],
    hashes: { sha256: "dummy" },
    signatures: {},
    ...fields,
    ...changes,
  } as Pdu & JsonObject;
}

const CONTENT_KEYS = [
  "membership",
  "join_authorised_via_users_server",
  "third_party_invite",
  "creator",
  "join_rule",
  "allow",
  "ban",
  "invite",
  "users",
  "notifications",
  "aliases",
  "history_visibility",
  "redacts",
  "body",
];

const scalar = fc.oneof(
  fc.maxSafeInteger(),
  fc.string({ maxLength: 5 }),
  fc.constant({ signed: { token: "t" }, x: 1 }),
);

/** Events of every room version and of every type that redaction treats specially, with whatever content. */
export const anyEvent = fc
  .record({
    rules: fc.constantFrom(...allRules),
    type: fc.constantFrom(
      ...["m.room.member", "m.room.create", "m.room.join_rules", "m.room.power_levels", "m.room.aliases"],
      ...["m.room.history_visibility", "m.room.redaction", "m.room.message", "constructor", "__proto__"],
    ),
    content: fc.dictionary(fc.constantFrom(...CONTENT_KEYS), scalar, { maxKeys: 8 }),
    extra: fc.dictionary(fc.constantFrom("origin", "membership", "prev_state", "redacts", "unsigned", "x"), scalar),
  })
  .map(({ rules, type, content, extra }) => ({ rules, event: sampleEvent(rules, { ...extra, type, content }) }));
