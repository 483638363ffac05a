import { serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonObject, type JsonValue, listOf } from "../../matrix/json.js";
import { KNOWN_EDU_TYPES } from "../../schema/wire-validation.js";
import type { SeenExchange } from "../view.js";
import { findingOf } from "./findings.js";
import { endpointOf } from "./messages.js";
import { asEvent, canonicalFault, idOf, pdusOf, rulesFor } from "./own-pdus.js";
import type { PassiveCheck, PassiveFacts } from "./passive-check.js";

const MAX_PDUS = 50;
const MAX_EDUS = 100;

const isTransaction = (exchange: SeenExchange): boolean =>
  endpointOf(exchange)?.endpoint.id === "send" && isJsonObject(exchange.requestJson());

function transactionOf(exchange: SeenExchange): JsonObject {
  const body = exchange.requestJson();
  return isJsonObject(body) ? body : {};
}

function limit(name: string, requirement: string, member: "pdus" | "edus", most: number): PassiveCheck {
  return {
    name,
    summary: `A transaction has at most ${most} ${member}`,
    requirement,
    level: "must",
    side: "request",
    appliesTo: isTransaction,
    judge(exchange) {
      const count = listOf(transactionOf(exchange)[member]).length;
      return findingOf(exchange, `at most ${most} ${member}`, count > most ? [`${count} ${member}`] : []);
    },
  };
}

/** server-server-api#transactions */
const TRANSACTION_ORIGIN: PassiveCheck = {
  name: "transaction-origin",
  summary: "A transaction's origin is the server that sends it",
  requirement: "FED-TXN-006",
  level: "must",
  side: "request",
  appliesTo: isTransaction,
  judge(exchange) {
    const { origin } = transactionOf(exchange);
    return findingOf(
      exchange,
      `origin ${exchange.from}`,
      origin === exchange.from ? [] : [`origin is ${JSON.stringify(origin)}`],
    );
  },
};

/** server-server-api#edus: an EDU speaks for users of the server that sends it. */
const EDU_ORIGIN: PassiveCheck = {
  name: "edu-origin",
  summary: "EDUs are about users of the server that sends them; receivers ignore others",
  requirement: "FED-EDU-004",
  level: "must",
  side: "request",
  appliesTo: (exchange) => isTransaction(exchange) && knownEdus(exchange).length > 0,
  judge(exchange) {
    const foreign = knownEdus(exchange).flatMap((edu) =>
      usersOf(edu)
        .filter((user) => serverNameOf(user) !== exchange.from)
        .map((user) => `${String(edu.edu_type)} about ${user}`),
    );
    return findingOf(exchange, `EDUs about users of ${exchange.from} only`, foreign);
  },
};

/** client-server-api#receipts */
const NO_PRIVATE_RECEIPTS: PassiveCheck = {
  name: "no-private-receipts",
  summary: "m.read.private receipts never leave the server",
  requirement: "FED-RCPT-002",
  level: "must",
  side: "request",
  appliesTo: (exchange) => isTransaction(exchange) && receiptsOf(exchange).length > 0,
  judge(exchange) {
    const rooms = receiptsOf(exchange).filter((types) => types["m.read.private"] !== undefined);
    return findingOf(
      exchange,
      "no m.read.private",
      rooms.length > 0 ? [`m.read.private in ${rooms.length} rooms`] : [],
    );
  },
};

const MAX_MESSAGE_ID = 32;

/** server-server-api#definition-mdirect_to_device */
const MESSAGE_ID: PassiveCheck = {
  name: "to-device-message-id",
  summary: "message_id has at most 32 code points",
  requirement: "FED-TODEV-003",
  level: "must",
  side: "request",
  appliesTo: (exchange) => isTransaction(exchange) && messageIdsOf(exchange).length > 0,
  judge(exchange) {
    const long = messageIdsOf(exchange).filter((id) => [...id].length > MAX_MESSAGE_ID);
    return findingOf(exchange, `message_id of at most ${MAX_MESSAGE_ID} code points`, long);
  },
};

/** rooms/v3#event-format: receivers compute the ids under which they answer. */
const TRANSACTION_ANSWER: PassiveCheck = {
  name: "transaction-answer-ids",
  summary: "The answer to a transaction speaks of its PDUs under their own ids",
  requirement: "FED-TXN-021",
  level: "must",
  side: "response",
  appliesTo: (exchange, facts) =>
    isTransaction(exchange) && resultsOf(exchange).length > 0 && idsOf(exchange, facts) !== undefined,
  judge(exchange, facts) {
    const ids = idsOf(exchange, facts) ?? new Set();
    const foreign = resultsOf(exchange).filter((id) => !ids.has(id));
    return findingOf(
      exchange,
      "results under the ids of the transaction's PDUs",
      foreign.map((id) => `${id} is the id of none of them`),
    );
  },
};

function resultsOf(exchange: SeenExchange): readonly string[] {
  const body = exchange.response?.status === 200 ? exchange.responseJson() : undefined;
  return isJsonObject(body) && isJsonObject(body.pdus) ? Object.keys(body.pdus) : [];
}

/** The ids of all PDUs of a transaction; undefined when one cannot be computed, as any key may then be its id. */
function idsOf(exchange: SeenExchange, facts: PassiveFacts): ReadonlySet<string> | undefined {
  const ids = pdusOf("request", exchange).map(({ pdu }) => {
    const rules = rulesFor(pdu, facts);
    const event = rules === undefined || canonicalFault(pdu) !== undefined ? undefined : asEvent(pdu, rules);
    return rules === undefined || event === undefined ? undefined : idOf(event, rules);
  });
  const computed = ids.filter((id) => id !== undefined);
  return computed.length === ids.length ? new Set(computed) : undefined;
}

function edusOf(exchange: SeenExchange): readonly JsonObject[] {
  return listOf(transactionOf(exchange).edus).filter(isJsonObject);
}

function knownEdus(exchange: SeenExchange): readonly JsonObject[] {
  return edusOf(exchange).filter(({ edu_type: type }) => typeof type === "string" && KNOWN_EDU_TYPES.has(type));
}

function contentsOf(exchange: SeenExchange, type: string): readonly JsonObject[] {
  return edusOf(exchange)
    .filter(({ edu_type }) => edu_type === type)
    .flatMap(({ content }) => (isJsonObject(content) ? [content] : []));
}

/** What each room of the receipts holds, by receipt type. */
function receiptsOf(exchange: SeenExchange): readonly JsonObject[] {
  return contentsOf(exchange, "m.receipt").flatMap((content) => Object.values(content).filter(isJsonObject));
}

function messageIdsOf(exchange: SeenExchange): readonly string[] {
  return contentsOf(exchange, "m.direct_to_device").flatMap(({ message_id: id }) =>
    typeof id === "string" ? [id] : [],
  );
}

/** The users that an EDU speaks for; members of a wrong type are left to the schemas. */
function usersOf({ edu_type: type, content }: JsonObject): readonly string[] {
  if (!isJsonObject(content)) return [];
  if (type === "m.direct_to_device") return strings([content.sender]);
  if (type === "m.presence")
    return strings(
      listOf(content.push)
        .filter(isJsonObject)
        .map((entry) => entry.user_id),
    );
  if (type !== "m.receipt") return strings([content.user_id]);
  return Object.values(content)
    .filter(isJsonObject)
    .flatMap((types) => Object.values(types).filter(isJsonObject))
    .flatMap((users) => Object.keys(users));
}

function strings(values: readonly (JsonValue | undefined)[]): readonly string[] {
  return values.filter((value) => typeof value === "string");
}

export const TRANSACTION_CHECKS: readonly PassiveCheck[] = [
  limit("transaction-pdus", "FED-TXN-002", "pdus", MAX_PDUS),
  limit("transaction-edus", "FED-TXN-003", "edus", MAX_EDUS),
  TRANSACTION_ORIGIN,
  EDU_ORIGIN,
  NO_PRIVATE_RECEIPTS,
  MESSAGE_ID,
  TRANSACTION_ANSWER,
];
