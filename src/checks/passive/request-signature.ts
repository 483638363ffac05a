import { verifyRequest, type XMatrix } from "../../matrix/x-matrix.js";
import type { SeenExchange } from "../view.js";
import { cannotTell, findingOf } from "./findings.js";
import { endpointOf, readableXMatrix, textOf, whyNotExact } from "./messages.js";
import type { PassiveCheck, PassiveFacts } from "./passive-check.js";

const EXPECTED =
  "a signature by the origin over method, uri, origin, destination and content, as they stand on the wire";

/** server-server-api#request-authentication */
export const REQUEST_SIGNATURE: PassiveCheck = {
  name: "request-signature",
  summary: "The signature in the X-Matrix header verifies for the request as it stands on the wire",
  requirement: "FED-AUTH-002",
  level: "must",
  side: "request",
  appliesTo: (exchange) => endpointOf(exchange)?.endpoint.signed === true && readableXMatrix(exchange).length > 0,
  judge(exchange, facts) {
    const text = textOf(exchange.requestBytes());
    const inexact = whyNotExact(exchange.request.target + text, exchange.requestJson());
    if (inexact !== undefined) return cannotTell(exchange, EXPECTED, inexact);
    const unknown = readableXMatrix(exchange).find(({ origin, key }) => !facts.serverKeys(origin).has(key));
    if (unknown !== undefined) {
      return cannotTell(exchange, EXPECTED, `the key ${unknown.key} of ${unknown.origin} was not seen`);
    }
    const bad = readableXMatrix(exchange).filter((header) => !verifies(exchange, header, facts));
    return findingOf(
      exchange,
      EXPECTED,
      bad.map(({ key }) => `the signature by ${key} does not verify`),
    );
  },
};

/** A wrong destination in the header is charged by itself: here the signature is checked for the one that it names. */
function verifies(exchange: SeenExchange, header: XMatrix, facts: PassiveFacts): boolean {
  const publicKey = facts.serverKeys(header.origin).get(header.key);
  if (publicKey === undefined) return false;
  const { method, target } = exchange.request;
  const content = exchange.requestJson();
  const destination = header.destination ?? exchange.to;
  return verifyRequest({ method, uri: target, origin: header.origin, destination, content }, header, publicKey);
}
