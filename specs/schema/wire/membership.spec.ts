import { describeSchemas, type SchemaSample } from "../../support/schema-samples.js";
import { REQUESTS, RESPONSES } from "../../support/wire-bodies.js";

const MEMBER = ["/type", "/sender", "/state_key", "/content", "/content/membership"];
const TEMPLATE = ["/event", "/event/type", "/event/sender", "/event/state_key", "/event/content/membership"];
const STRIPPED = ["/type", "/state_key", "/sender", "/content"];
const below = (place: string, members: readonly string[]): readonly string[] =>
  members.map((member) => `${place}${member}`);

const signed = (id: string): SchemaSample => ({
  schema: `${id}.request`,
  good: REQUESTS[id] ?? null,
  required: MEMBER,
  optional: ["/origin_server_ts"],
  bad: [
    ["another membership", "/content/membership", "ban"],
    ["another type", "/type", "m.room.name"],
    ["a state key that is no user id", "/state_key", "alice"],
  ],
  alsoGood: [["an origin, which old versions had", "/origin", "one.test"]],
});

const template = (id: string, version: "required" | "optional"): SchemaSample => ({
  schema: `${id}.response`,
  good: RESPONSES[id] ?? null,
  required: [...TEMPLATE, ...(version === "required" ? ["/room_version"] : [])],
  optional: ["/event/room_id", "/event/depth", ...(version === "optional" ? ["/room_version"] : [])],
  bad: [["another membership", "/event/content/membership", "ban"]],
  alsoGood: [["old references", "/event/prev_events", [["$a:one.test", { sha256: "x" }]]]],
});

const pair = (id: string, payload: readonly string[]): SchemaSample => ({
  schema: `${id}.response`,
  good: RESPONSES[id] ?? null,
  required: payload,
  bad: [["another status in the pair", "/0", 201]],
});

describeSchemas("wire schemas of membership handshakes", [
  template("make-join", "optional"),
  template("make-leave", "optional"),
  template("make-knock", "required"),
  ...["send-join", "send-leave", "send-knock", "send-join-v1", "send-leave-v1", "invite-v1"].map(signed),
  {
    schema: "send-join.response",
    good: RESPONSES["send-join"] ?? null,
    required: ["/state", "/auth_chain", "/servers_in_room"],
    optional: ["/event", "/members_omitted"],
    alsoGood: [["a complete answer", "/members_omitted", false]],
  },
  pair("send-join-v1", ["/1/state", "/1/auth_chain"]),
  pair("send-leave-v1", []),
  {
    schema: "send-knock.response",
    good: RESPONSES["send-knock"] ?? null,
    required: ["/knock_room_state", ...below("/knock_room_state/0", STRIPPED)],
  },
  { schema: "send-leave.response", good: {} },
  {
    schema: "invite-v2.request",
    good: REQUESTS["invite-v2"] ?? null,
    required: ["/room_version", "/event", ...below("/event", MEMBER), ...below("/invite_room_state/0", STRIPPED)],
    optional: ["/invite_room_state"],
  },
  {
    schema: "invite-v2.response",
    good: RESPONSES["invite-v2"] ?? null,
    required: ["/event", ...below("/event", MEMBER)],
  },
  pair("invite-v1", ["/1/event", ...below("/1/event", MEMBER)]),
  {
    schema: "exchange-third-party-invite.request",
    good: REQUESTS["exchange-third-party-invite"] ?? null,
    required: [
      "/room_id",
      ...MEMBER,
      ...below("/content/third_party_invite", [
        "",
        "/display_name",
        "/signed",
        "/signed/mxid",
        "/signed/token",
        "/signed/signatures",
      ]),
    ],
  },
  { schema: "exchange-third-party-invite.response", good: {} },
  {
    schema: "third-party-onbind.request",
    good: REQUESTS["third-party-onbind"] ?? null,
    required: [
      ...["/medium", "/address", "/mxid", "/invites"],
      ...below("/invites/0", ["/medium", "/address", "/mxid", "/room_id", "/sender", "/signed"]),
    ],
  },
  { schema: "third-party-onbind.response", good: {} },
]);
