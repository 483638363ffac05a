import { isJsonObject } from "../../matrix/json.js";
import { headerValues } from "../../net/wire.js";
import { endpointsAt } from "../../schema/endpoints.js";
import { errorProblems } from "../../schema/wire-validation.js";
import type { SeenExchange } from "../view.js";
import { cannotTell, findingOf } from "./findings.js";
import { endpointOf, hasMediaType } from "./messages.js";
import type { PassiveCheck } from "./passive-check.js";

/** Statuses that only the application gives: an HTTP server or proxy before it may answer others in its own words. */
const APPLICATION_ERRORS: ReadonlySet<number> = new Set([401, 403, 404, 405, 429]);

const METHODS: ReadonlySet<string> = new Set(["GET", "POST", "PUT"]);

const isApiCall = (exchange: SeenExchange): boolean =>
  exchange.request.target.startsWith("/_matrix/") && METHODS.has(exchange.request.method);

const statusOf = (exchange: SeenExchange): number => exchange.response?.status ?? 0;

/** server-server-api#api-standards */
const REQUEST_BODY_IS_OBJECT: PassiveCheck = {
  name: "request-body-is-object",
  summary: "Every POST and PUT has a JSON object as its body",
  requirement: "FED-API-008",
  level: "must",
  side: "request",
  appliesTo: (exchange) => isApiCall(exchange) && exchange.request.method !== "GET",
  judge(exchange) {
    const body = exchange.requestJson();
    const what = body === undefined ? "the body is empty or not JSON" : "the body is JSON, but not an object";
    return findingOf(exchange, "a JSON object as the body", isJsonObject(body) ? [] : [what]);
  },
};

/** server-server-api#api-standards */
const REQUEST_CONTENT_TYPE: PassiveCheck = {
  name: "request-content-type",
  summary: "Requests with a JSON body say application/json",
  requirement: "FED-API-009",
  level: "should",
  side: "request",
  appliesTo: (exchange) => isApiCall(exchange) && exchange.requestJson() !== undefined,
  judge: (exchange) => contentTypeFinding(exchange, exchange.request.headers),
};

/** server-server-api#api-standards; the delegation file is read whatever its type. */
const RESPONSE_CONTENT_TYPE: PassiveCheck = {
  name: "response-content-type",
  summary: "JSON responses, errors included, say application/json",
  requirement: "FED-API-012",
  level: "must",
  side: "response",
  appliesTo: (exchange) => isApiCall(exchange) && isJsonObject(exchange.responseJson()),
  judge: (exchange) => contentTypeFinding(exchange, exchange.response?.headers ?? []),
};

/** client-server-api#standard-error-response */
const ERROR_OBJECT: PassiveCheck = {
  name: "error-object",
  summary: "Errors are the standard error object with errcode and error",
  requirement: "FED-API-016",
  level: "must",
  side: "response",
  appliesTo: (exchange) =>
    isApiCall(exchange) &&
    statusOf(exchange) >= 400 &&
    (exchange.responseJson() !== undefined || APPLICATION_ERRORS.has(statusOf(exchange))),
  judge(exchange) {
    const expected = `a standard error object with the status ${statusOf(exchange)}`;
    const said = (problem: string) => `answer ${statusOf(exchange)}: ${problem}`;
    return findingOf(exchange, expected, errorProblems(exchange.responseJson()).map(said));
  },
};

/** server-server-api#unsupported-endpoints; paths of unstable features are known only to those who serve them. */
const UNKNOWN_ENDPOINT: PassiveCheck = {
  name: "unknown-endpoint",
  summary: "A path that no version of the API has gives 404 M_UNRECOGNIZED",
  requirement: "FED-API-014",
  level: "must",
  side: "response",
  appliesTo: (exchange) =>
    isClientError(exchange) &&
    /^\/_matrix\/federation\/v[0-9]+\/[A-Za-z0-9_/.-]+$/.test(exchange.request.target) &&
    isApiCall(exchange) &&
    endpointsAt(exchange.request.target).length === 0,
  judge: (exchange) => unrecognised(exchange, 404),
};

/** server-server-api#unsupported-endpoints */
const WRONG_METHOD: PassiveCheck = {
  name: "wrong-method",
  summary: "A known path with a method that it does not have gives 405 M_UNRECOGNIZED",
  requirement: "FED-API-015",
  level: "must",
  side: "response",
  appliesTo: (exchange) => {
    if (!isClientError(exchange) || isProbe(exchange) || endpointOf(exchange) !== undefined) return false;
    const known = endpointsAt(exchange.request.target);
    // Endpoints that came later, or are optional, may be missing: their paths are then unknown.
    const served =
      known.length > 0 &&
      known.every(({ endpoint }) => endpoint.since.startsWith("r0") && endpoint.removed === undefined);
    const genericQuery = known.some(({ endpoint }) => endpoint.id === "query");
    return served && !genericQuery;
  },
  judge: (exchange) => unrecognised(exchange, 405),
};

/** OPTIONS and HEAD are answered by HTTP, not by the API. */
function isProbe(exchange: SeenExchange): boolean {
  return ["OPTIONS", "HEAD"].includes(exchange.request.method) || !exchange.request.target.startsWith("/_matrix/");
}

function isClientError(exchange: SeenExchange): boolean {
  return statusOf(exchange) >= 400 && statusOf(exchange) < 500;
}

function unrecognised(exchange: SeenExchange, status: number) {
  const expected = `${status} with errcode M_UNRECOGNIZED`;
  // Authentication and limits may come before the look at the path.
  if ([401, 403, 429].includes(statusOf(exchange))) {
    return cannotTell(exchange, expected, `the request was refused with ${statusOf(exchange)} before`);
  }
  const body = exchange.responseJson();
  const errcode = isJsonObject(body) ? body.errcode : undefined;
  const met = statusOf(exchange) === status && errcode === "M_UNRECOGNIZED";
  return findingOf(exchange, expected, met ? [] : [`${statusOf(exchange)} with errcode ${String(errcode)}`]);
}

function contentTypeFinding(exchange: SeenExchange, headers: Parameters<typeof hasMediaType>[0]) {
  const [value] = headerValues(headers, "content-type");
  const problem = value === undefined ? "there is no Content-Type" : `Content-Type is ${value}`;
  const met = hasMediaType(headers, "application/json");
  return findingOf(exchange, "Content-Type application/json", met ? [] : [problem]);
}

export const HTTP_CHECKS: readonly PassiveCheck[] = [
  REQUEST_BODY_IS_OBJECT,
  REQUEST_CONTENT_TYPE,
  RESPONSE_CONTENT_TYPE,
  ERROR_OBJECT,
  UNKNOWN_ENDPOINT,
  WRONG_METHOD,
];
