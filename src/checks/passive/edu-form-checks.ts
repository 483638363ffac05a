import { isJsonObject, type JsonValue, listOf, objectOf } from "../../matrix/json.js";
import type { SeenExchange } from "../view.js";
import { findingOf } from "./findings.js";
import { endpointOf } from "./messages.js";
import type { PassiveCheck } from "./passive-check.js";

const PRESENCES: ReadonlySet<JsonValue | undefined> = new Set(["online", "offline", "unavailable"]);

/** server-server-api#edus */
const ENVELOPE: PassiveCheck = {
  name: "edu-envelope",
  summary: "Each EDU is an object with a text edu_type and an object content",
  requirement: "FED-EDU-001",
  level: "must",
  side: "request",
  appliesTo: (exchange) => edusOf(exchange).length > 0,
  judge(exchange) {
    const bad = edusOf(exchange).filter(
      (edu) => !isJsonObject(edu) || typeof edu.edu_type !== "string" || !isJsonObject(edu.content),
    );
    return findingOf(
      exchange,
      ENVELOPE.summary,
      bad.map((edu) => `an EDU is ${JSON.stringify(edu)}`),
    );
  },
};

/** server-server-api#presence */
const PRESENCE_STATES: PassiveCheck = {
  name: "presence-states",
  summary: "A user is online, offline or unavailable",
  requirement: "FED-PRES-002",
  level: "must",
  side: "request",
  appliesTo: (exchange) => statesOf(exchange).length > 0,
  judge(exchange) {
    const bad = statesOf(exchange).filter((state) => !PRESENCES.has(state));
    return findingOf(
      exchange,
      PRESENCE_STATES.summary,
      bad.map((state) => `presence is ${JSON.stringify(state)}`),
    );
  },
};

function statesOf(exchange: SeenExchange): readonly (JsonValue | undefined)[] {
  return edusOf(exchange)
    .filter(isJsonObject)
    .filter((edu) => edu.edu_type === "m.presence")
    .flatMap(({ content }) => (isJsonObject(content) ? listOf(content.push) : []))
    .map((update) => (isJsonObject(update) ? update.presence : undefined));
}

function edusOf(exchange: SeenExchange): readonly JsonValue[] {
  if (endpointOf(exchange)?.endpoint.id !== "send") return [];
  return listOf(objectOf(exchange.requestJson()).edus);
}

export const EDU_FORM_CHECKS: readonly PassiveCheck[] = [ENVELOPE, PRESENCE_STATES];
