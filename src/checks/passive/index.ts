import type { Finding } from "../define.js";
import type { SeenExchange } from "../view.js";
import { AUTHORIZATION_CHECKS } from "./authorization-checks.js";
import { CONNECTION_CHECKS } from "./connection-checks.js";
import { EDU_FORM_CHECKS } from "./edu-form-checks.js";
import { EDU_SCHEMA_CHECKS } from "./edu-schema-checks.js";
import { ENCODING_CHECKS } from "./encoding-checks.js";
import { HTTP_CHECKS } from "./http-checks.js";
import { KEY_CHECKS } from "./key-checks.js";
import { KEY_FORM_CHECKS } from "./key-form-checks.js";
import { chargedServer, type PassiveCheck, type PassiveFacts, type Side } from "./passive-check.js";
import { PDU_FORMAT_CHECKS } from "./pdu-format-checks.js";
import { PDU_IDENTIFIER_CHECKS } from "./pdu-identifier-checks.js";
import { PDU_SIGNATURE_CHECKS } from "./pdu-signature-checks.js";
import { PDU_VALUE_CHECKS } from "./pdu-value-checks.js";
import { PRIVATE_KEY_CHECKS } from "./private-key-check.js";
import { RELAY_CHECKS } from "./relay-check.js";
import { REQUEST_SIGNATURE } from "./request-signature.js";
import { SCHEMA_CHECKS } from "./schema-checks.js";
import { TRANSACTION_CHECKS } from "./transaction-checks.js";

export { FactsSeen, type KnownBeforehand, passiveFacts } from "./facts.js";
export type { PassiveCheck, PassiveFacts, Side } from "./passive-check.js";

/** Every passive check, in the order in which a report lists them. */
export const PASSIVE_CHECKS: readonly PassiveCheck[] = [
  ...HTTP_CHECKS,
  ...ENCODING_CHECKS,
  ...CONNECTION_CHECKS,
  ...AUTHORIZATION_CHECKS,
  REQUEST_SIGNATURE,
  ...SCHEMA_CHECKS,
  ...EDU_FORM_CHECKS,
  ...EDU_SCHEMA_CHECKS,
  ...TRANSACTION_CHECKS,
  ...PDU_FORMAT_CHECKS,
  ...PDU_VALUE_CHECKS,
  ...PDU_IDENTIFIER_CHECKS,
  ...PDU_SIGNATURE_CHECKS,
  ...RELAY_CHECKS,
  ...KEY_CHECKS,
  ...KEY_FORM_CHECKS,
  ...PRIVATE_KEY_CHECKS,
];

export interface PassiveJudgement {
  readonly check: PassiveCheck;
  readonly exchange: SeenExchange;
  readonly finding: Finding;
  /** The server under test that is charged. */
  readonly server: string;
}

/**
 * What every check, or those given, find in every exchange to which they apply. Only servers under test are charged, and nothing is read
 * from an exchange with which the lab interfered: what it shows need not be what a server did. Where the tap altered it, both
 * sides are recorded as they were sent: each server answers for its own, but for an answer to what nobody asked.
 */
export function* judgePassive(
  exchanges: Iterable<SeenExchange>,
  facts: PassiveFacts,
  checks: readonly PassiveCheck[] = PASSIVE_CHECKS,
): Generator<PassiveJudgement, void, undefined> {
  for (const exchange of exchanges) {
    const { kind, interference, altered } = exchange;
    if (kind !== "federation" || (interference !== undefined && !altered)) continue;
    const sides = sidesOf(exchange, facts);
    for (const check of checks) {
      if (!sides.has(check.side) || !check.appliesTo(exchange, facts)) continue;
      yield {
        check,
        exchange,
        server: chargedServer(check.side, exchange),
        finding: check.judge(exchange, facts),
      };
    }
  }
}

/** The sides of an exchange for which a server under test answers. */
function sidesOf(exchange: SeenExchange, facts: PassiveFacts): ReadonlySet<Side> {
  const sides = new Set<Side>();
  if (facts.isUnderTest(chargedServer("request", exchange))) sides.add("request");
  const answered = exchange.response !== undefined && exchange.altered?.request === undefined;
  if (answered && facts.isUnderTest(chargedServer("response", exchange))) sides.add("response");
  return sides;
}
