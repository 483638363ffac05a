import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { SeenExchange } from "../view.js";
import { findingOf } from "./findings.js";
import { endpointOf } from "./messages.js";
import type { PassiveCheck } from "./passive-check.js";

const KEY_ID = /^[^:]+:[A-Za-z0-9_]+$/u;
/** 32 bytes in base64 without padding. */
const ED25519_KEY = /^[A-Za-z0-9+/]{43}$/u;

interface KeyDemand {
  readonly name: string;
  readonly summary: string;
  readonly requirement: string;
  /** Whether the document has what the demand is about. */
  about?(document: JsonObject): boolean;
  problems(document: JsonObject): readonly string[];
}

/** A demand on the spelling of a server's own key document (server-server-api#get_matrixkeyv2server). */
function keyForm({ about = () => true, problems, ...named }: KeyDemand): PassiveCheck {
  const document = (exchange: SeenExchange): JsonObject | undefined => {
    const own = endpointOf(exchange)?.endpoint.id.startsWith("server-keys") === true;
    const body = own && exchange.response?.status === 200 ? exchange.responseJson() : undefined;
    return isJsonObject(body) ? body : undefined;
  };
  return {
    ...named,
    level: "must",
    side: "response",
    appliesTo(exchange) {
      const body = document(exchange);
      return body !== undefined && about(body);
    },
    judge: (exchange) => findingOf(exchange, named.summary, problems(document(exchange) ?? {})),
  };
}

const KEY_IDS = keyForm({
  name: "key-ids",
  summary: "Published keys are named by algorithm and version",
  requirement: "FED-KEY-004",
  problems: (document) =>
    [...Object.keys(members(document.verify_keys)), ...Object.keys(members(document.old_verify_keys))]
      .filter((id) => !KEY_ID.test(id))
      .map((id) => `a key is named ${JSON.stringify(id)}`),
});

const KEY_BYTES = keyForm({
  name: "key-bytes",
  summary: "Each current Ed25519 key is 32 bytes in unpadded base64",
  requirement: "FED-KEY-005",
  problems: (document) =>
    Object.entries(members(document.verify_keys))
      .filter(([id]) => id.startsWith("ed25519:"))
      .filter(([, entry]) => !isKey(members(entry).key))
      .map(([id, entry]) => `${id} is ${JSON.stringify(entry)}`),
});

const RETIRED_KEYS = keyForm({
  name: "retired-keys",
  summary: "Each retired key is given with its bytes and the time at which it expired",
  requirement: "FED-KEY-006",
  about: (document) => Object.keys(members(document.old_verify_keys)).length > 0,
  problems: (document) =>
    Object.entries(members(document.old_verify_keys))
      .filter(([, entry]) => !isKey(members(entry).key) || !Number.isSafeInteger(members(entry).expired_ts))
      .map(([id, entry]) => `${id} is ${JSON.stringify(entry)}`),
});

const VALIDITY = keyForm({
  name: "key-validity-integer",
  summary: "valid_until_ts is a whole number of milliseconds",
  requirement: "FED-KEY-008",
  problems: ({ valid_until_ts: until }) =>
    typeof until === "number" && Number.isSafeInteger(until) && until > 0
      ? []
      : [`valid_until_ts is ${JSON.stringify(until)}`],
});

function members(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function isKey(value: JsonValue | undefined): boolean {
  return typeof value === "string" && ED25519_KEY.test(value);
}

export const KEY_FORM_CHECKS: readonly PassiveCheck[] = [KEY_IDS, KEY_BYTES, RETIRED_KEYS, VALIDITY];
