import { eventIdOf } from "../../../src/matrix/events/hashes.js";
import type { JsonValue } from "../../../src/matrix/json.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { NOW, ONE, PEER, specEvent, specExchange, TWO, transaction } from "../../support/exchanges.js";
import { describePassive } from "../../support/passive-case.js";

const ours = `@alice:${ONE.name}`;
const theirs = `@mallory:${PEER.name}`;
const edu = (type: string, content: JsonValue): JsonValue => ({ edu_type: type, content });
const edus = (...list: JsonValue[]) => transaction([], list);
const about = (user: string): JsonValue[] => [
  edu("m.typing", { room_id: "!r", user_id: user, typing: true }),
  edu("m.presence", { push: [{ user_id: user }] }),
  edu("m.receipt", { "!r": { "m.read": { [user]: {} } } }),
  edu("m.device_list_update", { user_id: user }),
  edu("m.signing_key_update", { user_id: user }),
  edu("m.direct_to_device", { sender: user, message_id: "1", messages: { [theirs]: {} } }),
];
const plain = transaction([]);
const other = specExchange({ target: "/_matrix/federation/v1/version" });
const message = (id: string) => edu("m.direct_to_device", { sender: ours, message_id: id });
const event = specEvent(ONE, "11");
const id = eventIdOf(event, roomVersionRules("11"));
const answered = (pdus: JsonValue, sent: readonly object[] = [event]) =>
  transaction(sent as JsonValue[], [], { answer: { pdus } });
const receipt = (type: string) => edu("m.receipt", { "!r": { [type]: { [ours]: {} } } });

describePassive("checks/passive/transaction-checks", [
  {
    check: "transaction-pdus",
    holds: [plain, transaction(Array(50).fill({}))],
    fails: [transaction(Array(51).fill({}))],
    ignores: [other],
  },
  {
    check: "transaction-edus",
    holds: [plain, edus(...Array(100).fill({}))],
    fails: [edus(...Array(101).fill({}))],
    ignores: [other],
  },
  {
    check: "transaction-origin",
    holds: [plain],
    fails: [
      transaction([], [], { body: { origin: PEER.name, origin_server_ts: NOW, pdus: [] } }),
      transaction([], [], { body: { pdus: [] } }),
    ],
    ignores: [other],
  },
  {
    check: "edu-origin",
    holds: about(ours).map((one) => edus(one)),
    fails: about(theirs).map((one) => edus(one)),
    ignores: [plain, edus(edu("test.unknown", { user_id: theirs }))],
  },
  {
    check: "no-private-receipts",
    holds: [edus(receipt("m.read"))],
    fails: [edus(receipt("m.read.private"))],
    ignores: [plain],
  },
  {
    check: "to-device-message-id",
    holds: [edus(message("x".repeat(32))), edus(message("😀".repeat(32)))],
    fails: [edus(message("x".repeat(33)))],
    ignores: [plain],
  },
  {
    check: "transaction-answer-ids",
    holds: [answered({ [id]: {} }), answered({ [id]: { error: "no" } })],
    fails: [answered({ [id]: {}, $other: {} })],
    ignores: [
      answered({}),
      answered({ $other: {} }, [{ ...event, room_id: "!unknown:one.test" }]),
      answered({ $other: {} }, [event, { ...event, content: 7 }]),
    ],
  },
  {
    check: "no-user-signing-key-in-request",
    holds: [edus(edu("m.signing_key_update", { user_id: ours, master_key: { a: 1 } }))],
    fails: [edus(edu("m.signing_key_update", { user_id: ours, user_signing_key: { a: 1 } }))],
    ignores: [plain],
  },
]);

const QUERY = {
  from: PEER,
  to: TWO,
  method: "POST",
  target: "/_matrix/federation/v1/user/keys/query",
  body: { device_keys: {} },
};

describePassive("checks/passive/private-key-check", [
  {
    check: "no-user-signing-key-in-response",
    holds: [specExchange({ ...QUERY, answer: { device_keys: {}, user_signing_keys: {} } })],
    fails: [specExchange({ ...QUERY, answer: { device_keys: {}, user_signing_keys: { [ours]: { keys: {} } } } })],
    ignores: [specExchange({ ...QUERY, status: 403, answer: { errcode: "M_FORBIDDEN", error: "" } })],
  },
]);
