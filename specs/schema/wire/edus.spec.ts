import { describeSchemas, type SchemaSample } from "../../support/schema-samples.js";
import { ALICE, CROSS_SIGNING_KEY, DEVICE_KEYS, EVENT_ID, ROOM } from "../../support/wire-bodies.js";

const edu = (
  type: string,
  content: SchemaSample["good"],
  rest: Omit<SchemaSample, "schema" | "good">,
): SchemaSample => ({
  schema: `edu-${type}`,
  good: { edu_type: type, content },
  ...rest,
  required: ["/edu_type", "/content", ...(rest.required ?? []).map((place) => `/content${place}`)],
  optional: (rest.optional ?? []).map((place) => `/content${place}`),
});
const READ = `/${ROOM}/m.read/${ALICE}`;

describeSchemas("wire schemas of EDUs", [
  { schema: "edu", good: { edu_type: "test.any", content: {} }, required: ["/edu_type", "/content"] },
  edu("m.typing", { room_id: ROOM, user_id: ALICE, typing: true }, { required: ["/room_id", "/user_id", "/typing"] }),
  edu(
    "m.presence",
    { push: [{ user_id: ALICE, presence: "online", last_active_ago: 5, status_msg: "hi", currently_active: true }] },
    {
      required: ["/push", "/push/0/user_id", "/push/0/presence", "/push/0/last_active_ago"],
      optional: ["/push/0/status_msg", "/push/0/currently_active"],
      bad: [["a presence that is none", "/content/push/0/presence", "busy"]],
      alsoGood: [["nobody's presence", "/content/push", []]],
    },
  ),
  edu(
    "m.receipt",
    { [ROOM]: { "m.read": { [ALICE]: { event_ids: [EVENT_ID], data: { ts: 1, thread_id: "main" } } } } },
    {
      required: [`/${ROOM}/m.read`, `${READ}/event_ids`, `${READ}/data`, `${READ}/data/ts`],
      optional: [`${READ}/data/thread_id`],
      bad: [
        ["two events", `/content${READ}/event_ids`, [EVENT_ID, EVENT_ID]],
        ["no event", `/content${READ}/event_ids`, []],
      ],
      alsoGood: [["no rooms", "/content", {}]],
    },
  ),
  edu(
    "m.device_list_update",
    {
      user_id: ALICE,
      device_id: "PHONE",
      stream_id: 6,
      prev_id: [5],
      deleted: false,
      device_display_name: "p",
      keys: DEVICE_KEYS,
    },
    {
      required: ["/user_id", "/device_id", "/stream_id"],
      optional: ["/prev_id", "/deleted", "/device_display_name", "/keys"],
    },
  ),
  edu(
    "m.signing_key_update",
    { user_id: ALICE, master_key: CROSS_SIGNING_KEY, self_signing_key: CROSS_SIGNING_KEY },
    { required: ["/user_id"], optional: ["/master_key", "/self_signing_key"] },
  ),
  edu(
    "m.direct_to_device",
    { sender: ALICE, type: "m.test", message_id: "1", messages: { "@bob:two.test": { "*": { a: 1 } } } },
    {
      required: ["/sender", "/type", "/message_id", "/messages"],
      bad: [["a message_id of 33", "/content/message_id", "x".repeat(33)]],
      alsoGood: [["32 code points outside the basic plane", "/content/message_id", "😀".repeat(32)]],
    },
  ),
]);
