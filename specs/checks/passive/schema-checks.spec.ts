import { expect } from "chai";
import { SCHEMA_CHECKS } from "../../../src/checks/passive/schema-checks.js";
import type { JsonValue } from "../../../src/matrix/json.js";
import type { Endpoint } from "../../../src/schema/endpoints.js";
import { endpointById } from "../../support/endpoint-by-id.js";
import { ONE, PEER, specEvent, specExchange, TWO } from "../../support/exchanges.js";
import { describePassive, judged, type PassiveCase } from "../../support/passive-case.js";
import { REQUESTS, RESPONSES } from "../../support/wire-bodies.js";

const QUERY: { readonly [type: string]: string } = { string: "x", integer: "1", boolean: "true", direction: "f" };

const pathOf = ({ path }: Endpoint): string => path.replace(/\{[^}]+\}/g, "%24x");
const queryOf = ({ query }: Endpoint): string =>
  Object.entries(query)
    .map(([name, { type }]) => `${name}=${QUERY[type]}`)
    .join("&");

function request(endpoint: Endpoint, body: JsonValue | undefined, query = queryOf(endpoint)) {
  const target = query === "" ? pathOf(endpoint) : `${pathOf(endpoint)}?${query}`;
  return specExchange({ method: endpoint.method, target, ...(body === undefined ? {} : { body }), answer: {} });
}

function response(endpoint: Endpoint, answer: JsonValue, status = 200) {
  const target = `${pathOf(endpoint)}?${queryOf(endpoint)}`;
  return specExchange({ from: PEER, to: TWO, method: endpoint.method, target, answer, status });
}

const cases = SCHEMA_CHECKS.map((check): PassiveCase => {
  const ids = check.summary.replace(/^The \w+ of (.*) has the shape.*$/, "$1").split(", ");
  const endpoints = ids.map(endpointById);
  if (check.side === "response") {
    return {
      check: check.name,
      holds: endpoints.map((endpoint) => response(endpoint, answerOf(endpoint.id))),
      fails: endpoints.map((endpoint) =>
        endpoint.group === "discovery" ? response(endpoint, { "m.server": 7 }) : response(endpoint, "not this"),
      ),
      ignores: endpoints.map((endpoint) => response(endpoint, { errcode: "M_FORBIDDEN", error: "no" }, 403)),
    };
  }
  return {
    check: check.name,
    holds: endpoints.map((endpoint) => request(endpoint, REQUESTS[endpoint.id])),
    fails: endpoints.map((endpoint) =>
      REQUESTS[endpoint.id] === undefined
        ? request(endpoint, undefined, badQuery(endpoint))
        : request(endpoint, "not this"),
    ),
    ignores: [specExchange({ target: "/_matrix/federation/v1/version" })],
  };
});

function answerOf(id: string): JsonValue {
  return RESPONSES[id] ?? RESPONSES[id.replace(/-by-id$/, "")] ?? {};
}

/** Without what is required, or with a value of another type where nothing is. */
function badQuery({ query }: Endpoint): string {
  if (Object.values(query).some(({ required }) => required)) return "";
  const typed = Object.entries(query).find(([, { type }]) => type !== "string");
  return typed === undefined ? "" : `${typed[0]}=wrong`;
}

describePassive("checks/passive/schema-checks", cases);

describe("checks/passive/schema-checks: PDUs", () => {
  const send = (pdu: object) =>
    specExchange({
      method: "PUT",
      target: "/_matrix/federation/v1/send/1",
      body: { origin: ONE.name, origin_server_ts: 1, pdus: [pdu as JsonValue] },
    });
  const finding = (pdu: object) => judged("request-schema-send", send(pdu));

  it("charges a server for events of its own users", () => {
    expect(finding({ ...specEvent(ONE, "11"), depth: 1.5 })).to.include({
      holds: false,
      actual: "/pdus/0/depth must be integer",
    });
  });

  it("does not charge it for events of others", () => {
    expect(finding({ ...specEvent(PEER, "11"), depth: 1.5 })?.holds).to.equal(true);
  });

  it("takes an event of every room version", () => {
    for (const version of ["1", "3", "5", "6", "10", "11", "12"])
      expect(finding(specEvent(ONE, version))?.holds, version).to.equal(true);
  });
});
