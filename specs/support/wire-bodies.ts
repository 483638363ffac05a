import type { JsonObject, JsonValue } from "../../src/matrix/json.js";

export const HASH = "4H0Rdtv3CsE4vZ2Zq1N0zqZ7v1cQkKX3xq2uYb1mM0s";
export const SIGNATURE = `${"KZ".repeat(42)}Aw`;
export const EVENT_ID = `$${"b-_".repeat(14)}c`;
export const ALICE = "@alice:one.test";
export const BOB = "@bob:two.test";
export const ROOM = "!room:one.test";
const TS = 1_700_000_000_000;

export const PDU: JsonObject = {
  type: "m.room.message",
  sender: ALICE,
  room_id: ROOM,
  content: { body: "hello" },
  origin_server_ts: TS,
  depth: 12,
  prev_events: [EVENT_ID],
  auth_events: [EVENT_ID],
  hashes: { sha256: HASH },
  signatures: { "one.test": { "ed25519:a1": SIGNATURE } },
};

export function memberPdu(membership: string): JsonObject {
  return { ...PDU, type: "m.room.member", state_key: ALICE, content: { membership } };
}

const stripped: JsonObject = { type: "m.room.name", state_key: "", sender: ALICE, content: { name: "Room" } };
const template = (membership: string): JsonObject => ({
  room_version: "11",
  event: { type: "m.room.member", sender: BOB, state_key: BOB, room_id: ROOM, content: { membership }, depth: 3 },
});
const transaction = { origin: "one.test", origin_server_ts: TS, pdus: [PDU] };
const signed = { mxid: BOB, token: "abc", signatures: { "id.test": { "ed25519:0": SIGNATURE } } };
export const SERVER_KEYS: JsonObject = {
  server_name: "one.test",
  verify_keys: { "ed25519:a1": { key: HASH } },
  old_verify_keys: { "ed25519:a0": { key: HASH, expired_ts: TS } },
  signatures: { "one.test": { "ed25519:a1": SIGNATURE } },
  valid_until_ts: TS,
};
export const DEVICE_KEYS: JsonObject = {
  user_id: ALICE,
  device_id: "PHONE",
  algorithms: ["m.olm.v1.curve25519-aes-sha2"],
  keys: { "curve25519:PHONE": HASH },
  signatures: { [ALICE]: { "ed25519:PHONE": SIGNATURE } },
};
export const CROSS_SIGNING_KEY: JsonObject = { user_id: ALICE, usage: ["master"], keys: { [`ed25519:${HASH}`]: HASH } };
const publicRoom = { room_id: ROOM, num_joined_members: 2, world_readable: false, guest_can_join: true, name: "Room" };
const oneTimeKey = { key: HASH, signatures: { [ALICE]: { "ed25519:PHONE": SIGNATURE } } };

/** A request body that is right, by endpoint. */
export const REQUESTS: { readonly [endpointId: string]: JsonValue } = {
  send: { ...transaction, edus: [{ edu_type: "m.typing", content: { room_id: ROOM, user_id: ALICE, typing: true } }] },
  "get-missing-events": { earliest_events: [EVENT_ID], latest_events: [EVENT_ID], limit: 10, min_depth: 0 },
  "send-join": memberPdu("join"),
  "send-knock": memberPdu("knock"),
  "send-leave": memberPdu("leave"),
  "send-join-v1": memberPdu("join"),
  "send-leave-v1": memberPdu("leave"),
  "invite-v1": { ...memberPdu("invite"), unsigned: { invite_room_state: [stripped] } },
  "invite-v2": { room_version: "11", event: memberPdu("invite"), invite_room_state: [stripped, PDU].slice(0, 1) },
  "exchange-third-party-invite": {
    type: "m.room.member",
    room_id: ROOM,
    sender: ALICE,
    state_key: BOB,
    content: { membership: "invite", third_party_invite: { display_name: "Bob", signed } },
  },
  "third-party-onbind": {
    medium: "email",
    address: "bob@two.test",
    mxid: BOB,
    invites: [{ medium: "email", address: "bob@two.test", mxid: BOB, room_id: ROOM, sender: ALICE, signed }],
  },
  "public-rooms-search": {
    limit: 10,
    since: "x",
    filter: { generic_search_term: "cats", room_types: ["m.space", null] },
  },
  "user-keys-claim": { one_time_keys: { [ALICE]: { PHONE: "signed_curve25519" } } },
  "user-keys-query": { device_keys: { [ALICE]: [] } },
  "notary-query-many": { server_keys: { "one.test": { "ed25519:a1": { minimum_valid_until_ts: TS } } } },
  "policy-sign": PDU,
};

/** The body of an answer of status 200 that is right, by endpoint. */
export const RESPONSES: { readonly [endpointId: string]: JsonValue } = {
  "well-known-server": { "m.server": "matrix.one.test:443" },
  version: { server: { name: "Any", version: "1" } },
  "server-keys": SERVER_KEYS,
  "notary-query-one": { server_keys: [SERVER_KEYS] },
  "notary-query-many": { server_keys: [SERVER_KEYS] },
  send: { pdus: { [EVENT_ID]: {}, $other: { error: "no" } } },
  "event-auth": { auth_chain: [PDU] },
  backfill: transaction,
  "get-missing-events": { events: [PDU] },
  state: { pdus: [PDU], auth_chain: [PDU] },
  "state-ids": { pdu_ids: [EVENT_ID], auth_chain_ids: [EVENT_ID] },
  event: transaction,
  "timestamp-to-event": { event_id: EVENT_ID, origin_server_ts: TS },
  "make-join": template("join"),
  "make-knock": template("knock"),
  "make-leave": template("leave"),
  "send-join": {
    state: [PDU],
    auth_chain: [],
    event: memberPdu("join"),
    members_omitted: true,
    servers_in_room: ["one.test"],
  },
  "send-knock": { knock_room_state: [stripped] },
  "send-leave": {},
  "send-join-v1": [200, { state: [PDU], auth_chain: [PDU] }],
  "send-leave-v1": [200, {}],
  "invite-v1": [200, { event: memberPdu("invite") }],
  "invite-v2": { event: memberPdu("invite") },
  "exchange-third-party-invite": {},
  "third-party-onbind": {},
  "public-rooms": { chunk: [publicRoom], next_batch: "n", prev_batch: "p", total_room_count_estimate: 1 },
  "public-rooms-search": { chunk: [publicRoom] },
  hierarchy: {
    room: { ...publicRoom, children_state: [{ ...stripped, origin_server_ts: TS }] },
    children: [{ ...publicRoom, allowed_room_ids: [ROOM] }],
    inaccessible_children: [ROOM],
  },
  query: {},
  "query-directory": { room_id: ROOM, servers: ["one.test"] },
  "query-profile": { displayname: "Alice", avatar_url: null },
  "openid-userinfo": { sub: ALICE },
  "user-devices": {
    user_id: ALICE,
    stream_id: 5,
    devices: [{ device_id: "PHONE", keys: DEVICE_KEYS, device_display_name: "phone" }],
    master_key: CROSS_SIGNING_KEY,
  },
  "user-keys-claim": { one_time_keys: { [ALICE]: { PHONE: { "signed_curve25519:AA": oneTimeKey } } } },
  "user-keys-query": { device_keys: { [ALICE]: { PHONE: DEVICE_KEYS } }, master_keys: { [ALICE]: CROSS_SIGNING_KEY } },
  "policy-sign": { "policy.test": { "ed25519:policy_server": SIGNATURE } },
};
