import { objectOf, objectsIn } from "../../matrix/json.js";
import { eduContentProblems } from "../../schema/wire-validation.js";
import type { SeenExchange } from "../view.js";
import { findingOf } from "./findings.js";
import { endpointOf } from "./messages.js";
import type { PassiveCheck } from "./passive-check.js";

/** Which requirement asks for the shape of an EDU's content. */
const CONTENTS: readonly (readonly [requirement: string, eduType: string])[] = [
  ["FED-TYP-001", "m.typing"],
  ["FED-PRES-001", "m.presence"],
  ["FED-RCPT-001", "m.receipt"],
  ["FED-DEVL-009", "m.device_list_update"],
  ["FED-XSK-001", "m.signing_key_update"],
  ["FED-TODEV-002", "m.direct_to_device"],
];

/** One check for each type of EDU that the specification defines (server-server-api#edus). */
export const EDU_SCHEMA_CHECKS: readonly PassiveCheck[] = CONTENTS.map(([requirement, type]) => ({
  name: `edu-schema-${type.slice("m.".length).replaceAll("_", "-")}`,
  summary: `The content of ${type} has the shape that the specification gives it`,
  requirement,
  level: "must",
  side: "request",
  appliesTo: (exchange) => endpointOf(exchange)?.endpoint.id === "send" && holdsOne(exchange, type),
  judge(exchange) {
    const expected = `contents of ${type} that fit its schema`;
    return findingOf(exchange, expected, eduContentProblems(type, exchange.requestJson()));
  },
}));

function holdsOne(exchange: SeenExchange, type: string): boolean {
  return objectsIn(objectOf(exchange.requestJson()).edus).some((edu) => edu.edu_type === type);
}
