import { redact } from "../../matrix/events/redaction.js";
import { serverNameOf } from "../../matrix/identifiers.js";
import type { JsonObject } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import { sameJson } from "../../matrix/same-json.js";
import { signaturesOf } from "../../matrix/signing.js";
import type { PlacedPdu } from "../../schema/pdu-places.js";
import type { SeenExchange } from "../view.js";
import { findingOf } from "./findings.js";
import { asEvent, idOf, pdusOf, rulesFor, vouchedFor } from "./own-pdus.js";
import { chargedServer, type PassiveCheck, type PassiveFacts, type Side } from "./passive-check.js";

interface Relayed {
  readonly placed: PlacedPdu;
  readonly rules: RoomVersionRules;
  readonly original: JsonObject;
}

/**
 * server-server-api#signing-events: an event that another server made is handed on as it was, or redacted; signatures may
 * be added to it and `unsigned` is anybody's.
 */
function relayCheck(side: Side): PassiveCheck {
  return {
    name: `pdu-relayed-unchanged-in-${side}`,
    summary: `Events of other servers are handed on unchanged (in a server's ${side}s)`,
    requirement: "FED-SIGN-025",
    level: "must",
    side,
    appliesTo: (exchange, facts) => relayed(side, exchange, facts).length > 0,
    judge(exchange, facts) {
      const problems = relayed(side, exchange, facts).flatMap(({ placed, rules, original }) => {
        const problem = difference(placed.pdu, original, rules);
        return problem === undefined ? [] : [`${placed.pointer} (${String(placed.pdu.type)}): ${problem}`];
      });
      return findingOf(exchange, "events of other servers as those sent them, or redacted", problems);
    },
  };
}

/** Those whose original was recorded. The id covers only what redaction keeps: the rest is what can have changed. */
function relayed(side: Side, exchange: SeenExchange, facts: PassiveFacts): readonly Relayed[] {
  const server = chargedServer(side, exchange);
  return pdusOf(side, exchange).flatMap((placed) => {
    const rules = rulesFor(placed.pdu, facts);
    const event = rules === undefined ? undefined : asEvent(placed.pdu, rules);
    if (rules === undefined || event === undefined || serverNameOf(event.sender) === server) return [];
    const id = idOf(event, rules);
    const original = id === undefined ? undefined : facts.original(id);
    return original === undefined ? [] : [{ placed, rules, original }];
  });
}

function difference(pdu: JsonObject, original: JsonObject, rules: RoomVersionRules): string | undefined {
  const lost = lostSignature(pdu, original);
  if (lost !== undefined) return lost;
  const [copy, source] = [vouchedFor(pdu), vouchedFor(original)];
  if (sameJson(copy, source) || sameJson(copy, vouchedFor(redact(original as Pdu, rules) as JsonObject)))
    return undefined;
  const keys = new Set([...Object.keys(copy), ...Object.keys(source)]);
  const changed = [...keys].filter((key) => !sameJson(copy[key] ?? null, source[key] ?? null));
  return `${changed.join(", ")} differ from what the sender's server sent`;
}

/** Only the signatures of the sender's server count: others may be junk that a receiver need not keep. */
function lostSignature(pdu: JsonObject, original: JsonObject): string | undefined {
  const server = serverNameOf(String(original.sender)) ?? "";
  const kept = signaturesOf(pdu, server);
  for (const [keyId, signature] of signaturesOf(original, server)) {
    if (kept.get(keyId) !== signature) return `the signature of ${server} by ${keyId} is not kept`;
  }
  return undefined;
}

export const RELAY_CHECKS: readonly PassiveCheck[] = [relayCheck("request"), relayCheck("response")];
