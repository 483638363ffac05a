import type { JsonObject } from "../../../src/matrix/json.js";
import { ONE, specExchange } from "../../support/exchanges.js";
import { describePassive, type PassiveCase } from "../../support/passive-case.js";

const ALICE = "@alice:one.test";
const ROOM = "!hall:one.test";

const RIGHT: { readonly [type: string]: JsonObject } = {
  "m.typing": { room_id: ROOM, user_id: ALICE, typing: true },
  "m.presence": { push: [{ user_id: ALICE, presence: "online", last_active_ago: 5 }] },
  "m.receipt": { [ROOM]: { "m.read": { [ALICE]: { event_ids: ["$read"], data: { ts: 1 } } } } },
  "m.device_list_update": { user_id: ALICE, device_id: "PHONE", stream_id: 1, prev_id: [] },
  "m.signing_key_update": { user_id: ALICE },
  "m.direct_to_device": { sender: ALICE, type: "m.dummy", message_id: "1", messages: {} },
};

const WRONG: { readonly [type: string]: JsonObject } = {
  "m.typing": { room_id: ROOM, typing: true },
  "m.presence": { push: [{ user_id: ALICE, presence: "online" }] },
  "m.receipt": { [ROOM]: { "m.read": { [ALICE]: { event_ids: "$read", data: { ts: 1 } } } } },
  "m.device_list_update": { user_id: ALICE, device_id: "PHONE" },
  "m.signing_key_update": {},
  "m.direct_to_device": { sender: ALICE, type: "m.dummy", messages: {} },
};

const send = (type: string, content: JsonObject | undefined) =>
  specExchange({
    method: "PUT",
    target: "/_matrix/federation/v1/send/1",
    body: {
      origin: ONE.name,
      origin_server_ts: 1,
      pdus: [],
      edus: content === undefined ? [] : [{ edu_type: type, content }],
    },
  });

describePassive(
  "checks/passive/edu-schema-checks",
  Object.keys(RIGHT).map(
    (type): PassiveCase => ({
      check: `edu-schema-${type.slice(2).replaceAll("_", "-")}`,
      holds: [send(type, RIGHT[type])],
      fails: [send(type, WRONG[type])],
      ignores: [send(type, undefined), specExchange({ target: "/_matrix/federation/v1/version" })],
    }),
  ),
);
