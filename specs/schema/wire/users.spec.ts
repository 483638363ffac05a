import { describeSchemas } from "../../support/schema-samples.js";
import { CROSS_SIGNING_KEY, DEVICE_KEYS, REQUESTS, RESPONSES, SIGNATURE } from "../../support/wire-bodies.js";

const ALICE = "/@alice:one.test";
const DEVICE = ["/user_id", "/device_id", "/algorithms", "/keys", "/signatures"];
const ROOM = ["/room_id", "/num_joined_members", "/world_readable", "/guest_can_join"];
const below = (place: string, members: readonly string[]): readonly string[] =>
  members.map((member) => `${place}${member}`);

describeSchemas("wire schemas of users, rooms and the directory", [
  { schema: "device-keys", good: DEVICE_KEYS, required: DEVICE },
  {
    schema: "cross-signing-key",
    good: CROSS_SIGNING_KEY,
    required: ["/user_id", "/usage", "/keys"],
    bad: [
      ["two keys", "/keys", { a: "x", b: "y" }],
      ["no key", "/keys", {}],
    ],
  },
  {
    schema: "user-devices.response",
    good: RESPONSES["user-devices"] ?? null,
    required: ["/user_id", "/stream_id", "/devices", "/devices/0/device_id", "/devices/0/keys"],
    optional: ["/master_key", "/devices/0/device_display_name"],
    alsoGood: [["no devices", "/devices", []]],
  },
  { schema: "user-keys-claim.request", good: REQUESTS["user-keys-claim"] ?? null, required: ["/one_time_keys"] },
  {
    schema: "user-keys-claim.response",
    good: RESPONSES["user-keys-claim"] ?? null,
    required: [
      "/one_time_keys",
      ...below(`/one_time_keys${ALICE}/PHONE/signed_curve25519:AA`, ["/key", "/signatures"]),
    ],
    alsoGood: [["an unsigned key", `/one_time_keys${ALICE}/PHONE`, { "curve25519:AA": "x" }]],
  },
  { schema: "user-keys-query.request", good: REQUESTS["user-keys-query"] ?? null, required: ["/device_keys"] },
  {
    schema: "user-keys-query.response",
    good: RESPONSES["user-keys-query"] ?? null,
    required: ["/device_keys", ...below(`/device_keys${ALICE}/PHONE`, DEVICE), `/master_keys${ALICE}/keys`],
    optional: ["/master_keys"],
  },
  { schema: "policy-sign.request", good: REQUESTS["policy-sign"] ?? null },
  {
    schema: "policy-sign.response",
    good: RESPONSES["policy-sign"] ?? null,
    bad: [["a padded signature", "/policy.test/ed25519:policy_server", `${SIGNATURE}==`]],
  },
  { schema: "openid-userinfo.response", good: RESPONSES["openid-userinfo"] ?? null, required: ["/sub"] },
  {
    schema: "public-rooms.response",
    good: RESPONSES["public-rooms"] ?? null,
    required: ["/chunk", ...below("/chunk/0", ROOM)],
    optional: ["/next_batch", "/prev_batch", "/total_room_count_estimate", "/chunk/0/name"],
  },
  { schema: "public-rooms-search.response", good: RESPONSES["public-rooms-search"] ?? null, required: ["/chunk"] },
  {
    schema: "public-rooms-search.request",
    good: REQUESTS["public-rooms-search"] ?? null,
    optional: ["/limit", "/since", "/filter", "/filter/generic_search_term", "/filter/room_types"],
  },
  {
    schema: "hierarchy.response",
    good: RESPONSES.hierarchy ?? null,
    required: [
      ...["/room", "/children", "/inaccessible_children", "/room/children_state"],
      ...below("/room", ROOM),
      ...below("/children/0", ROOM),
      ...below("/room/children_state/0", ["/type", "/state_key", "/sender", "/content", "/origin_server_ts"]),
    ],
    optional: ["/children/0/allowed_room_ids"],
  },
  { schema: "query.response", good: {} },
  {
    schema: "query-directory.response",
    good: RESPONSES["query-directory"] ?? null,
    required: ["/room_id", "/servers"],
  },
  {
    schema: "query-profile.response",
    good: RESPONSES["query-profile"] ?? null,
    optional: ["/displayname"],
    bad: [["a number for a name", "/displayname", 1]],
    alsoGood: [
      ["an empty profile", "", {}],
      ["a field of somebody's own", "/test.field", [1]],
    ],
  },
]);
