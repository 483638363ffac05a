import { serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { EndpointMatch } from "../../schema/endpoints.js";
import { queryProblems } from "../../schema/query-validation.js";
import { requestProblems, responseProblems } from "../../schema/wire-validation.js";
import type { SeenExchange } from "../view.js";
import { findingOf } from "./findings.js";
import { endpointOf } from "./messages.js";
import { chargedServer, type PassiveCheck, type PassiveFacts, type Side } from "./passive-check.js";

type Rows = readonly (readonly [requirement: string, endpointIds: readonly string[]])[];

/** Which requirement asks for the shape of an endpoint's request. */
const REQUESTS: Rows = [
  ["FED-TXN-005", ["send"]],
  ["FED-INV-003", ["invite-v2"]],
  ["FED-INV-014", ["invite-v1"]],
  ["FED-RVF-006", ["send-join", "send-knock", "send-join-v1"]],
  ["FED-LEAVE-011", ["send-leave", "send-leave-v1"]],
  ["FED-POL-006", ["policy-sign"]],
  ["FED-E2K-016", ["user-keys-query", "user-keys-claim"]],
  ["FED-KEY-024", ["notary-query-many"]],
  ["FED-BF-001", ["backfill"]],
  ["FED-GME-001", ["get-missing-events"]],
  ["FED-ST-001", ["state"]],
  ["FED-ST-004", ["state-ids"]],
  ["FED-TS-001", ["timestamp-to-event"]],
  ["FED-TPI-008", ["exchange-third-party-invite"]],
  ["FED-QRY-001", ["query-directory"]],
  ["FED-QRY-006", ["query-profile"]],
  ["FED-DIR-006", ["public-rooms", "public-rooms-search"]],
  ["FED-SPACE-001", ["hierarchy"]],
  ["FED-MEDIA-017", ["media-thumbnail"]],
];

/** Which requirement asks for the shape of an endpoint's successful answer. */
const RESPONSES: Rows = [
  ["FED-KEY-002", ["server-keys", "server-keys-by-id"]],
  ["FED-KEY-017", ["notary-query-one", "notary-query-one-by-id"]],
  ["FED-KEY-024", ["notary-query-many"]],
  ["FED-DISC-042", ["well-known-server"]],
  ["FED-VER-001", ["version"]],
  ["FED-TXN-007", ["send"]],
  ["FED-JOIN-008", ["make-join"]],
  ["FED-JOIN-029", ["send-join", "send-join-v1"]],
  ["FED-KNOCK-002", ["make-knock"]],
  ["FED-KNOCK-018", ["send-knock"]],
  ["FED-LEAVE-003", ["make-leave"]],
  ["FED-LEAVE-018", ["send-leave", "send-leave-v1"]],
  ["FED-INV-011", ["invite-v2"]],
  ["FED-INV-012", ["invite-v1"]],
  ["FED-BF-004", ["backfill"]],
  ["FED-GME-006", ["get-missing-events"]],
  ["FED-ST-001", ["state"]],
  ["FED-ST-004", ["state-ids"]],
  ["FED-EV-001", ["event"]],
  ["FED-EA-001", ["event-auth"]],
  ["FED-TS-001", ["timestamp-to-event"]],
  ["FED-TPI-008", ["exchange-third-party-invite"]],
  ["FED-TPI-003", ["third-party-onbind"]],
  ["FED-DIR-004", ["public-rooms", "public-rooms-search"]],
  ["FED-SPACE-001", ["hierarchy"]],
  ["FED-QRY-001", ["query-directory"]],
  ["FED-QRY-006", ["query-profile"]],
  ["FED-API-011", ["query"]],
  ["FED-OID-001", ["openid-userinfo"]],
  ["FED-DEVS-001", ["user-devices"]],
  ["FED-E2K-016", ["user-keys-query", "user-keys-claim"]],
  ["FED-POL-020", ["policy-sign"]],
];

/** Of all these, one is a SHOULD: its schema marks nothing required (server-server-api#get_matrixfederationv1version). */
const SHOULD_ONLY: ReadonlySet<string> = new Set(["FED-VER-001"]);

/** One check for each requirement on the shape of requests and of answers; PDUs of others are looked past. */
export const SCHEMA_CHECKS: readonly PassiveCheck[] = [
  ...REQUESTS.map(([requirement, ids]) => schemaCheck("request", requirement, ids)),
  ...RESPONSES.map(([requirement, ids]) => schemaCheck("response", requirement, ids)),
];

function schemaCheck(side: Side, requirement: string, ids: readonly string[]): PassiveCheck {
  const [first = ""] = ids;
  return {
    name: `${side}-schema-${first}`,
    summary: `The ${side} of ${ids.join(", ")} has the shape that the specification gives it`,
    requirement,
    level: SHOULD_ONLY.has(requirement) ? "should" : "must",
    side,
    appliesTo: (exchange) =>
      ids.includes(endpointOf(exchange)?.endpoint.id ?? "") && (side === "request" || isAnswer(exchange)),
    judge(exchange, facts) {
      const match = endpointOf(exchange);
      const expected = `a ${side} that fits the schema of ${match?.endpoint.path ?? first}`;
      return findingOf(exchange, expected, match === undefined ? [] : problemsOf(side, match, exchange, facts));
    },
  };
}

/** A web server may answer anything where there is no delegation (server-server-api#getwell-knownmatrixserver). */
function isAnswer(exchange: SeenExchange): boolean {
  if (exchange.response?.status !== 200) return false;
  if (endpointOf(exchange)?.endpoint.group !== "discovery") return true;
  const body = exchange.responseJson();
  return isJsonObject(body) && body["m.server"] !== undefined;
}

function problemsOf(side: Side, match: EndpointMatch, exchange: SeenExchange, facts: PassiveFacts): readonly string[] {
  const charged = chargedServer(side, exchange);
  const context = {
    roomVersion: (roomId: string) => facts.roomVersion(roomId),
    looksInto: (pdu: JsonObject) => typeof pdu.sender === "string" && serverNameOf(pdu.sender) === charged,
  };
  const { endpoint } = match;
  if (side === "response") return responseProblems(endpoint, 200, exchange.responseJson(), context);
  return [...queryProblems(match), ...requestProblems(endpoint, exchange.requestJson(), context)];
}
