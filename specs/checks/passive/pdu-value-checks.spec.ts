import type { JsonObject, JsonValue } from "../../../src/matrix/json.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
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
const sent = (event: object) => transaction([json(event)]);
const answered = (event: object) =>
  specExchange({
    from: PEER,
    method: "POST",
    target: "/_matrix/federation/v1/get_missing_events/%21r",
    body: { earliest_events: [], latest_events: [] },
    answer: { events: [json(event)] },
  });

interface Outcomes {
  readonly holds: readonly object[];
  readonly fails: readonly object[];
  readonly ignores?: readonly object[];
}

/** Both checks of a demand on PDUs: of those that a server sends, and of those that it answers with. */
function both(name: string, cases: (server: SpecServer) => Outcomes): readonly PassiveCase[] {
  return (
    [
      ["request", ONE, sent],
      ["response", TWO, answered],
    ] as const
  ).map(([side, server, wrap]) => {
    const { holds, fails, ignores = [] } = cases(server);
    return {
      check: `${name}-in-${side}`,
      holds: holds.map(wrap),
      fails: fails.map(wrap),
      ignores: ignores.map(wrap),
    };
  });
}

const message = (server: SpecServer, more: JsonObject = {}) => ({ ...specEvent(server, "11"), ...more });
const create = (server: SpecServer, version: string, content: JsonObject) =>
  specEvent(server, version, { type: "m.room.create", state_key: "", content: { room_version: version, ...content } });
const levels = (server: SpecServer, version: string, content: JsonObject, depth = 3): Pdu =>
  specEvent(server, version, { type: "m.room.power_levels", state_key: "", content, depth, room_id: roomOf(version) });

describePassive("checks/passive/pdu-value-checks", [
  ...both("pdu-signature-places", (server) => ({
    holds: [message(server)],
    fails: [
      message(server, { signatures: { [server.name]: { "ed25519:a-1": "AAAA" } } }),
      message(server, { signatures: { [server.name]: { "ed25519:a1": "AAA=" } } }),
      message(server, { signatures: { [server.name]: { "ed25519:a1": { value: "AAAA" } } } }),
    ],
  })),
  ...both("pdu-base64", (server) => ({
    holds: [message(server), message(server, { signatures: { "else.test": { "ed25519:a1": "AA-_" } } })],
    fails: [
      message(server, { hashes: { sha256: "AA-_" } }),
      message(server, { signatures: { [server.name]: { "ed25519:a1": "AA-_" } } }),
    ],
  })),
  ...both("pdu-time", (server) => ({
    holds: [message(server)],
    fails: [
      message(server, { origin_server_ts: 1_700_000_000 }),
      message(server, { origin_server_ts: 1_700_000_000_000.5 }),
      message(server, { origin_server_ts: "1700000000000" }),
    ],
  })),
  ...both("create-creator", (server) => ({
    holds: [create(server, "10", { creator: `@alice:${server.name}` }), create(server, "11", {})],
    fails: [create(server, "10", {}), create(server, "11", { creator: `@alice:${server.name}` })],
    ignores: [message(server)],
  })),
  ...both("first-levels-numbers", (server) => ({
    holds: [levels(server, "6", { users: { "@a:b": 100 }, ban: 50 })],
    fails: [levels(server, "6", { ban: "50" }), levels(server, "6", { users: { "@a:b": "100" } })],
    ignores: [levels(server, "6", { ban: "50" }, 4), levels(server, "11", { ban: "50" })],
  })),
  ...both("first-levels-without-creators", (server) => ({
    holds: [levels(server, "12", { users: { "@a:b": 100 } })],
    fails: [levels(server, "12", { users: { [`@alice:${server.name}`]: 100 } })],
    ignores: [levels(server, "11", { users: { [`@alice:${server.name}`]: 100 } })],
  })),
]);

const citing = (server: SpecServer, version: string, id: string) => specEvent(server, version, { prev_events: [id] });
const STRANGE = "!strange:one.test";
/** Somebody was told that the strange room is of version 12. */
const offered = specExchange({
  from: PEER,
  to: TWO,
  target: `/_matrix/federation/v1/make_join/${encodeURIComponent(STRANGE)}/%40june%3Apeer.test?ver=12`,
  answer: { room_version: "12", event: {} },
});
const firstJoin = (server: SpecServer, cited: readonly string[]) =>
  specEvent(server, "12", {
    type: "m.room.member",
    state_key: `@alice:${server.name}`,
    content: { membership: "join" },
    depth: 2,
    auth_events: cited,
  });
const hash = (last: string) => `$${"A".repeat(42)}${last}`;

describePassive("checks/passive/pdu-identifier-checks", [
  ...both("pdu-ids-hash-standard", (server) => ({
    holds: [citing(server, "3", hash("/"))],
    fails: [citing(server, "3", hash("_")), citing(server, "3", "$short"), citing(server, "3", `${hash("A")}=`)],
    ignores: [message(server)],
  })),
  ...both("pdu-ids-hash-url-safe", (server) => ({
    holds: [citing(server, "11", hash("_"))],
    fails: [citing(server, "11", hash("/")), citing(server, "11", `${hash("A")}=`)],
    ignores: [citing(server, "3", hash("/"))],
  })),
  ...both("pdu-room-id", (server) => ({
    holds: [specEvent(server, "10"), specEvent(server, "1")],
    fails: [
      { ...create(server, "10", {}), room_id: `!${"x".repeat(250)}:one.test` },
      { ...create(server, "10", {}), room_id: "!nodomain" },
    ],
    ignores: [specEvent(server, "12")],
  })),
  ...both("new-room-id-plain", (server) => ({
    holds: [{ ...create(server, "10", {}), room_id: "!aB3:one.test" }],
    fails: [
      { ...create(server, "10", {}), room_id: "!a-B:one.test" },
      { ...create(server, "10", {}), room_id: "!ü:one.test" },
    ],
    ignores: [specEvent(server, "10"), create(server, "12", {})],
  })),
  ...both("pdu-room-id-of-hash", (server) => ({
    holds: [specEvent(server, "12")],
    fails: [specEvent(server, "12", { room_id: STRANGE })],
    ignores: [specEvent(server, "11")],
  })).map((one) => ({ ...one, before: [offered] })),
  ...both("pdu-depth", (server) => ({
    holds: [message(server), { ...create(server, "11", {}), depth: 1 }],
    fails: [message(server, { depth: 0 }), message(server, { depth: 1.5 }), { ...create(server, "11", {}), depth: 2 }],
  })),
  ...both("pdu-redacts", (server) => ({
    holds: [specEvent(server, "10", { type: "m.room.redaction", redacts: hash("A") })],
    fails: [specEvent(server, "10", { type: "m.room.redaction", content: { redacts: hash("A") } })],
    ignores: [specEvent(server, "11", { type: "m.room.redaction" }), message(server)],
  })),
  ...both("first-join-auth-events", (server) => ({
    holds: [firstJoin(server, [])],
    fails: [firstJoin(server, [hash("A")])],
    ignores: [
      { ...firstJoin(server, [hash("A")]), depth: 3 },
      specEvent(server, "11", { type: "m.room.member", depth: 2 }),
    ],
  })),
]);
