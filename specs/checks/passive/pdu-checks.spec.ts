import { redact } from "../../../src/matrix/events/redaction.js";
import { addEventSignature } from "../../../src/matrix/events/sign.js";
import type { JsonValue } from "../../../src/matrix/json.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import {
  ONE,
  PEER,
  roomOf,
  type SpecServer,
  specEvent,
  specExchange,
  TWO,
  transaction,
} from "../../support/exchanges.js";
import { describePassive, type PassiveCase } from "../../support/passive-case.js";

const json = (event: object): JsonValue => event as unknown as JsonValue;
const VERSIONS = ["1", "3", "5", "6", "10", "11", "12"];
const sent = (...events: object[]) => transaction(events.map(json));
/** The same events in the answer of `two.test`, whose user then is the sender. */
const answered = (...events: object[]) =>
  specExchange({
    from: PEER,
    method: "POST",
    target: "/_matrix/federation/v1/get_missing_events/%21r",
    body: { earliest_events: [], latest_events: [] },
    answer: { events: events.map(json) },
  });

/** Both checks of a demand on PDUs: what holds and fails when a server sends it must do so when it answers with it. */
function both(
  name: string,
  cases: (server: SpecServer) => {
    readonly [outcome in "holds" | "fails" | "unknown" | "ignores"]?: readonly object[];
  },
): readonly PassiveCase[] {
  return (
    [
      ["request", ONE, sent],
      ["response", TWO, answered],
    ] as const
  ).map(([side, server, wrap]) => {
    const { holds = [], fails = [], unknown = [], ignores = [] } = cases(server);
    const each = (events: readonly object[]) => events.map((event) => wrap(event));
    return {
      check: `${name}-in-${side}`,
      holds: each(holds),
      fails: each(fails),
      unknown: each(unknown),
      ignores: each(ignores),
    };
  });
}

const of = (events: (version: string) => object) => VERSIONS.map(events);
const long = (count: number) => Array.from({ length: count }, (_, at) => `$${String(at).padStart(43, "A")}`);
const create = (server: SpecServer, draft: Partial<Pdu> = {}) => {
  const { room_id: _, ...event } = specEvent(server, "12", {
    type: "m.room.create",
    state_key: "",
    content: { room_version: "12" },
  });
  return { ...event, prev_events: [], auth_events: [], ...draft };
};

describePassive("checks/passive/pdu-signature-checks", [
  ...both("pdu-content-hash", (server) => ({
    holds: [
      ...of((version) => specEvent(server, version)),
      ...of((version) => redact(specEvent(server, version), roomVersionRules(version))),
      ...of((version) => ({ ...specEvent(server, version), unsigned: { age: 5 } })),
    ],
    fails: of((version) => ({ ...specEvent(server, version), content: { body: "changed" } })),
    unknown: [{ ...specEvent(server, "5"), content: { body: 1.5 } }],
    ignores: [specEvent(PEER, "11"), specEvent(server, "11", { room_id: "!unknown:one.test" })],
  })),
  ...both("pdu-signed", (server) => ({
    holds: of((version) => specEvent(server, version)),
    fails: [
      { ...specEvent(server, "11"), signatures: {} },
      { ...specEvent(server, "11"), signatures: { [PEER.name]: { "ed25519:a1": "AAAA" } } },
    ],
    ignores: [{ ...specEvent(server, "11"), content: { membership: "invite", third_party_invite: {} } }],
  })),
  ...both("pdu-signature", (server) => ({
    holds: [
      ...of((version) => specEvent(server, version)),
      ...of((version) => redact(specEvent(server, version), roomVersionRules(version))),
      addEventSignature(specEvent(server, "11"), roomVersionRules("11"), PEER.name, PEER.key),
    ],
    fails: [
      ...of((version) => ({ ...specEvent(server, version), depth: 6 })),
      { ...specEvent(server, "11"), signatures: { [server.name]: { "ed25519:a1": `${"A".repeat(86)}` } } },
    ],
    unknown: [specEvent({ ...server, key: { ...server.key, keyId: "ed25519:new" } }, "11")],
    ignores: [specEvent(PEER, "11")],
  })),
]);

describePassive("checks/passive/pdu-format-checks", [
  ...both("pdu-event-id", (server) => {
    const { event_id: _, ...without } = specEvent(server, "1");
    return { holds: [specEvent(server, "1")], fails: [without], ignores: [specEvent(server, "3")] };
  }),
  ...both("pdu-no-event-id", (server) => ({
    holds: [specEvent(server, "3"), specEvent(server, "12")],
    fails: [{ ...specEvent(server, "3"), event_id: "$x" }],
    ignores: [specEvent(server, "1")],
  })),
  ...both("pdu-reference-pairs", (server) => {
    const pair = (hashes: object) => ({ ...specEvent(server, "1"), prev_events: [["$a:one.test", hashes]] });
    return {
      holds: [specEvent(server, "1"), pair({ sha256: "x" })],
      fails: [pair({}), { ...specEvent(server, "1"), auth_events: ["$a:one.test"] }],
      ignores: [specEvent(server, "3")],
    };
  }),
  ...both("pdu-reference-ids", (server) => ({
    holds: [specEvent(server, "3"), specEvent(server, "12")],
    fails: [{ ...specEvent(server, "11"), prev_events: [["$a:one.test", { sha256: "x" }]] }],
    ignores: [specEvent(server, "1")],
  })),
  ...both("pdu-canonical-json", (server) => ({
    holds: [specEvent(server, "6"), { ...specEvent(server, "11"), unsigned: { age: 1.5 } }],
    fails: [
      { ...specEvent(server, "6"), content: { a: 1.5 } },
      { ...specEvent(server, "6"), content: { a: 2 ** 53 } },
    ],
    ignores: [{ ...specEvent(server, "5"), content: { a: 1.5 } }],
  })),
  ...both("pdu-size", (server) => ({
    holds: [specEvent(server, "11"), { ...specEvent(server, "11"), unsigned: { a: "x".repeat(70_000) } }],
    fails: [
      { ...specEvent(server, "11"), content: { a: "x".repeat(66_000) } },
      { ...specEvent(server, "11"), state_key: "é".repeat(200) },
    ],
  })),
  ...both("pdu-prev-events", (server) => ({
    holds: [{ ...specEvent(server, "11"), prev_events: long(20) }],
    fails: [{ ...specEvent(server, "11"), prev_events: long(21) }],
  })),
  ...both("pdu-auth-events", (server) => ({
    holds: [{ ...specEvent(server, "11"), auth_events: long(10) }],
    fails: [{ ...specEvent(server, "11"), auth_events: long(11) }],
  })),
  ...both("pdu-create-not-cited", (server) => ({
    holds: [specEvent(server, "12")],
    fails: [specEvent(server, "12", { auth_events: [`$${roomOf("12").slice(1)}`] })],
    ignores: [specEvent(server, "11"), create(server)],
  })),
  ...both("pdu-create-cites-nothing", (server) => ({
    holds: [create(server)],
    fails: [create(server, { auth_events: long(1) })],
    ignores: [specEvent(server, "12")],
  })),
  ...both("pdu-room-id-v12", (server) => ({
    holds: [create(server)],
    fails: [create(server, { room_id: roomOf("12") })],
    ignores: [specEvent(server, "12")],
  })),
]);

const backfilled = specExchange({
  from: PEER,
  target: "/_matrix/federation/v1/backfill/%21r?v=%24a&limit=1",
  answer: { pdus: [json({ ...specEvent(TWO, "11"), prev_events: long(30) })] },
});
const original = specEvent(PEER, "11", { content: { body: "from the peer" } });
const told = transaction([json(original)], [], { from: PEER, to: TWO });
const signedAgain = addEventSignature(original, roomVersionRules("11"), TWO.name, TWO.key);
const relayed = {
  holds: [original, { ...original, unsigned: { age: 1 } }, signedAgain, redact(original, roomVersionRules("11"))],
  fails: [
    { ...original, content: { body: "altered" } },
    { ...original, signatures: {} },
  ],
};
/** An altered protected field makes another event, of which nothing was recorded. */
const another = { ...original, depth: 99 };

describePassive("checks/passive/relay-check", [
  {
    check: "pdu-relayed-unchanged-in-response",
    before: [told],
    holds: relayed.holds.map((event) => answered(event)),
    fails: relayed.fails.map((event) => answered(event)),
    ignores: [answered(another), answered(specEvent(TWO, "11")), answered(specEvent(PEER, "12"))],
  },
  {
    check: "pdu-relayed-unchanged-in-request",
    before: [told],
    holds: relayed.holds.map((event) => sent(event)),
    fails: relayed.fails.map((event) => sent(event)),
    ignores: [sent(another)],
  },
  {
    check: "pdu-prev-events-in-response",
    holds: [backfilled],
    fails: [answered({ ...specEvent(TWO, "11"), prev_events: long(30) })],
  },
]);
