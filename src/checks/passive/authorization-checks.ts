import { parseXMatrix } from "../../matrix/x-matrix.js";
import type { SeenExchange } from "../view.js";
import { findingOf } from "./findings.js";
import { endpointOf, readableXMatrix, xMatrixHeaders } from "./messages.js";
import type { PassiveCheck } from "./passive-check.js";

const isSigned = (exchange: SeenExchange): boolean => endpointOf(exchange)?.endpoint.signed === true;
const carriesOne = (exchange: SeenExchange): boolean => isSigned(exchange) && xMatrixHeaders(exchange).length > 0;

/** server-server-api#request-authentication */
const X_MATRIX_PRESENT: PassiveCheck = {
  name: "x-matrix-present",
  summary: "Requests to signed endpoints carry an X-Matrix Authorization header",
  requirement: "FED-AUTH-001",
  level: "must",
  side: "request",
  appliesTo: isSigned,
  judge(exchange) {
    const missing = xMatrixHeaders(exchange).length === 0;
    return findingOf(exchange, "an Authorization header of the scheme X-Matrix", missing ? ["there is none"] : []);
  },
};

/** server-server-api#request-authentication */
const X_MATRIX_PARAMETERS: PassiveCheck = {
  name: "x-matrix-parameters",
  summary: "The X-Matrix header carries origin, key and sig",
  requirement: "FED-AUTH-007",
  level: "must",
  side: "request",
  appliesTo: carriesOne,
  judge(exchange) {
    const unreadable = xMatrixHeaders(exchange).filter((header) => parseXMatrix(header.trim()) === undefined);
    return findingOf(
      exchange,
      "origin, key and sig in the X-Matrix header",
      unreadable.map((header) => `this cannot be read, or lacks one of them: ${header}`),
    );
  },
};

/** server-server-api#request-authentication */
const X_MATRIX_DESTINATION: PassiveCheck = {
  name: "x-matrix-destination",
  summary: "The X-Matrix header names the destination",
  requirement: "FED-AUTH-008",
  level: "must",
  side: "request",
  appliesTo: (exchange) => readableXMatrix(exchange).length > 0 && isSigned(exchange),
  judge(exchange) {
    const without = readableXMatrix(exchange).filter(({ destination }) => destination === undefined);
    return findingOf(exchange, "a destination in the X-Matrix header", without.length > 0 ? ["there is none"] : []);
  },
};

/** server-server-api#request-authentication: both names are those from before delegation. */
const X_MATRIX_NAMES: PassiveCheck = {
  name: "x-matrix-names",
  summary: "origin is the sending server's own name and destination the name of the server addressed",
  requirement: "FED-AUTH-006",
  level: "must",
  side: "request",
  appliesTo: (exchange) => readableXMatrix(exchange).length > 0 && isSigned(exchange),
  judge(exchange) {
    const problems = readableXMatrix(exchange).flatMap(({ origin, destination }) => [
      ...(origin === exchange.from ? [] : [`origin is ${origin}, the sender is ${exchange.from}`]),
      ...(destination === undefined || destination === exchange.to
        ? []
        : [`destination is ${destination}, the server addressed is ${exchange.to}`]),
    ]);
    return findingOf(exchange, `origin ${exchange.from} and destination ${exchange.to}`, problems);
  },
};

const PARAMETER = '[a-z][a-z0-9_]*=(?:"[^"\\\\]*"|[^",\\s\\\\]+)';
const STYLE = new RegExp(`^X-Matrix ${PARAMETER}(?:,${PARAMETER})*$`);

/** server-server-api#request-authentication: what older receivers understand. */
const X_MATRIX_STYLE: PassiveCheck = {
  name: "x-matrix-style",
  summary: "The X-Matrix header has one space, lower-case names, no backslashes and no spaces around commas",
  requirement: "FED-AUTH-018",
  level: "should",
  side: "request",
  appliesTo: carriesOne,
  judge(exchange) {
    const odd = xMatrixHeaders(exchange).filter((header) => !STYLE.test(header));
    return findingOf(exchange, "the plain style that every receiver reads", odd);
  },
};

export const AUTHORIZATION_CHECKS: readonly PassiveCheck[] = [
  X_MATRIX_PRESENT,
  X_MATRIX_PARAMETERS,
  X_MATRIX_DESTINATION,
  X_MATRIX_NAMES,
  X_MATRIX_STYLE,
];
