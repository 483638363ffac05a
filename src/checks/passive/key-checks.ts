import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import { checkServerKeys } from "../../matrix/server-keys.js";
import { checkSignature, signaturesOf } from "../../matrix/signing.js";
import type { SeenExchange } from "../view.js";
import { cannotTell, findingOf } from "./findings.js";
import { endpointOf } from "./messages.js";
import type { PassiveCheck, PassiveFacts } from "./passive-check.js";

const HOUR_MS = 60 * 60 * 1000;
const OWN_KEYS = new Set(["server-keys", "server-keys-by-id"]);
const NOTARY = new Set(["notary-query-one", "notary-query-many", "notary-query-one-by-id"]);

const answers =
  (endpoints: ReadonlySet<string>) =>
  (exchange: SeenExchange): boolean =>
    endpoints.has(endpointOf(exchange)?.endpoint.id ?? "") &&
    exchange.response?.status === 200 &&
    isJsonObject(exchange.responseJson());

/** server-server-api#publishing-keys */
const KEYS_SELF_SIGNED: PassiveCheck = {
  name: "keys-self-signed",
  summary: "The published key document is signed with each of its keys",
  requirement: "FED-KEY-007",
  level: "must",
  side: "response",
  appliesTo: answers(OWN_KEYS),
  judge(exchange) {
    const check = checkServerKeys(exchange.responseJson() ?? null, exchange.to);
    return findingOf(exchange, `keys of ${exchange.to}, signed with each of them`, check.ok ? [] : [check.reason]);
  },
};

/** server-server-api#get_matrixkeyv2server */
const KEYS_NAME: PassiveCheck = {
  name: "keys-server-name",
  summary: "The published key document names the server that was asked",
  requirement: "FED-KEY-003",
  level: "must",
  side: "response",
  appliesTo: answers(OWN_KEYS),
  judge(exchange) {
    const body = exchange.responseJson();
    const name = isJsonObject(body) ? body.server_name : undefined;
    return findingOf(
      exchange,
      `server_name ${exchange.to}`,
      name === exchange.to ? [] : [`server_name is ${JSON.stringify(name)}`],
    );
  },
};

/** server-server-api#get_matrixkeyv2server */
const KEYS_LAST: PassiveCheck = {
  name: "keys-last-an-hour",
  summary: "The published keys do not expire within an hour",
  requirement: "FED-KEY-009",
  level: "should",
  side: "response",
  appliesTo: answers(OWN_KEYS),
  judge(exchange) {
    const body = exchange.responseJson();
    const until = isJsonObject(body) ? body.valid_until_ts : undefined;
    const lasts = typeof until === "number" && until >= exchange.endedAt + HOUR_MS;
    const problem = `valid_until_ts is ${String(until)}, the answer was given at ${exchange.endedAt}`;
    return findingOf(exchange, "keys valid for an hour at least", lasts ? [] : [problem]);
  },
};

/** server-server-api#querying-keys-through-another-server */
const NOTARY_SIGNATURE: PassiveCheck = {
  name: "notary-signature",
  summary: "A notary adds its own signature to each key document",
  requirement: "FED-KEY-018",
  level: "must",
  side: "response",
  appliesTo: (exchange) => answers(NOTARY)(exchange) && documentsOf(exchange).length > 0,
  judge(exchange, facts) {
    const expected = `a signature of ${exchange.to} on each document`;
    const outcomes = documentsOf(exchange).map((document) => notarised(document, exchange.to, facts));
    const wrong = outcomes.filter((outcome) => outcome !== undefined && outcome !== UNSEEN) as string[];
    if (wrong.length === 0 && outcomes.includes(UNSEEN)) return cannotTell(exchange, expected, UNSEEN);
    return findingOf(exchange, expected, wrong);
  },
};

const UNSEEN = "the notary's key was not seen";

function notarised(document: JsonObject, notary: string, facts: PassiveFacts): string | undefined {
  const about = String(document.server_name);
  const keyIds = [...signaturesOf(document, notary).keys()];
  if (keyIds.length === 0) return `the document of ${about} has no signature of ${notary}`;
  const keys = facts.serverKeys(notary);
  const known = keyIds.filter((keyId) => keys.has(keyId));
  if (known.length === 0) return UNSEEN;
  const bad = known.find((keyId) => !checkSignature(document, notary, keyId, keys.get(keyId) ?? ""));
  return bad === undefined ? undefined : `the signature by ${bad} on the document of ${about} does not verify`;
}

function documentsOf(exchange: SeenExchange): readonly JsonObject[] {
  const body = exchange.responseJson();
  const documents: JsonValue | undefined = isJsonObject(body) ? body.server_keys : undefined;
  return Array.isArray(documents) ? (documents as readonly JsonValue[]).filter(isJsonObject) : [];
}

export const KEY_CHECKS: readonly PassiveCheck[] = [KEYS_SELF_SIGNED, KEYS_NAME, KEYS_LAST, NOTARY_SIGNATURE];
