import { describeSchemas } from "../../support/schema-samples.js";
import { ALICE, CROSS_SIGNING_KEY, DEVICE_KEYS, EVENT_ID, RESPONSES, ROOM } from "../../support/wire-bodies.js";

const event = { type: "m.test", sender: ALICE, event_id: EVENT_ID, origin_server_ts: 1, content: {} };
const keys = { "signed_curve25519:AA": { key: "x", signatures: { [ALICE]: {} } } };
const session = { user_id: ALICE, access_token: "t", device_id: "D", refresh_token: "r", expires_in_ms: 1 };
const keyAnswers = RESPONSES["user-keys-query"] ?? null;

describeSchemas("wire schemas of the client-server API", [
  {
    schema: "client-keys-upload.request",
    good: { device_keys: DEVICE_KEYS, one_time_keys: keys, fallback_keys: keys },
    required: ["/device_keys/keys"],
    optional: ["/device_keys", "/one_time_keys", "/fallback_keys"],
  },
  {
    schema: "client-keys-upload.response",
    good: { one_time_key_counts: { a: 5 } },
    required: ["/one_time_key_counts"],
  },
  {
    schema: "client-keys-query.request",
    good: { device_keys: { [ALICE]: [] }, timeout: 1 },
    required: ["/device_keys"],
    optional: ["/timeout"],
  },
  { schema: "client-keys-query.response", good: keyAnswers, optional: ["/device_keys", "/master_keys"] },
  { schema: "client-keys-claim.request", good: { one_time_keys: {} }, required: ["/one_time_keys"] },
  {
    schema: "client-keys-claim.response",
    good: { one_time_keys: { [ALICE]: { D: keys } }, failures: {} },
    required: ["/one_time_keys"],
    optional: ["/failures"],
  },
  {
    schema: "client-device-signing-upload.request",
    good: {
      master_key: CROSS_SIGNING_KEY,
      self_signing_key: CROSS_SIGNING_KEY,
      user_signing_key: CROSS_SIGNING_KEY,
      auth: {},
    },
    required: ["/master_key/usage"],
    optional: ["/master_key", "/self_signing_key", "/user_signing_key", "/auth"],
  },
  { schema: "client-device-signing-upload.response", good: {} },
  { schema: "client-signatures-upload.request", good: { [ALICE]: { D: {} } } },
  { schema: "client-signatures-upload.response", good: { failures: {} }, optional: ["/failures"] },
  { schema: "client-keys-changes.response", good: { changed: [ALICE], left: [] }, optional: ["/changed", "/left"] },
  { schema: "client-send-to-device.request", good: { messages: { [ALICE]: { "*": {} } } }, required: ["/messages"] },
  { schema: "client-send-to-device.response", good: {} },
  {
    schema: "client-register.request",
    good: { username: "a", password: "b", auth: {} },
    optional: ["/username", "/password", "/auth"],
  },
  {
    schema: "client-register.response",
    good: session,
    required: ["/user_id"],
    optional: ["/access_token", "/device_id"],
  },
  {
    schema: "client-login.request",
    good: { type: "m.login.password", identifier: { type: "m.id.user" } },
    required: ["/type", "/identifier/type"],
    optional: ["/identifier"],
  },
  {
    schema: "client-login.response",
    good: session,
    required: ["/user_id", "/access_token", "/device_id"],
    optional: ["/refresh_token", "/expires_in_ms"],
  },
  {
    schema: "client-create-room.request",
    good: { room_version: "12", preset: "public_chat", invite: [ALICE], initial_state: [{ type: "t", content: {} }] },
    required: ["/initial_state/0/type", "/initial_state/0/content"],
    optional: ["/room_version", "/preset", "/invite", "/initial_state"],
  },
  { schema: "client-create-room.response", good: { room_id: ROOM }, required: ["/room_id"] },
  { schema: "client-join.request", good: { reason: "r" }, optional: ["/reason"] },
  { schema: "client-join.response", good: { room_id: ROOM }, required: ["/room_id"] },
  { schema: "client-event", good: event, required: ["/type", "/sender", "/event_id", "/origin_server_ts", "/content"] },
  {
    schema: "client-sync.response",
    good: {
      next_batch: "s1",
      rooms: {
        join: {
          [ROOM]: { timeline: { events: [event], limited: false, prev_batch: "p" }, state: { events: [event] } },
        },
        invite: {},
        leave: {},
      },
      to_device: { events: [{ type: "t", sender: ALICE, content: {} }] },
      device_lists: { changed: [ALICE], left: [] },
      device_one_time_keys_count: { a: 1 },
      device_unused_fallback_key_types: ["signed_curve25519"],
    },
    required: [
      "/next_batch",
      `/rooms/join/${ROOM}/timeline/events`,
      `/rooms/join/${ROOM}/timeline/events/0/event_id`,
      "/to_device/events/0/sender",
    ],
    optional: [
      "/rooms",
      "/rooms/invite",
      "/to_device",
      "/device_lists",
      "/device_one_time_keys_count",
      "/device_unused_fallback_key_types",
    ],
  },
]);
