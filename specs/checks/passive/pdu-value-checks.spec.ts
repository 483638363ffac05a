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
