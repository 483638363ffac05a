import { serverNameOf } from "../../matrix/identifiers.js";
import type { JsonObject } from "../../matrix/json.js";
import { sameJson } from "../../matrix/same-json.js";
import type { SeenExchange } from "../view.js";
import { asEvent, idOf, pdusOf, rulesFor, vouchedFor } from "./own-pdus.js";
import type { PassiveFacts } from "./passive-check.js";

/** The events that servers sent of their own users, as texts: a parsed event takes several times as much memory. */
export class OriginalsSeen {
  /** Each form once: most events go to several servers. */
  readonly #texts = new Set<string>();

  learn(exchange: SeenExchange): void {
    for (const { pdu } of pdusOf("request", exchange)) {
      if (typeof pdu.sender === "string" && serverNameOf(pdu.sender) === exchange.from)
        this.#texts.add(JSON.stringify(pdu));
    }
  }

  /** Finds them by id. One that its server sent in two forms has no original: a peer may lie to some. */
  byId(facts: Pick<PassiveFacts, "roomVersion">): (eventId: string) => JsonObject | undefined {
    const originals = new Map<string, string>();
    const ambiguous = new Set<string>();
    for (const text of this.#texts) {
      const pdu = JSON.parse(text) as JsonObject;
      const id = idIn(facts, pdu);
      if (id === undefined) continue;
      const first = originals.get(id);
      if (first === undefined) originals.set(id, text);
      else if (!sameJson(vouchedFor(JSON.parse(first)), vouchedFor(pdu))) ambiguous.add(id);
    }
    return (eventId) => {
      const text = ambiguous.has(eventId) ? undefined : originals.get(eventId);
      return text === undefined ? undefined : (JSON.parse(text) as JsonObject);
    };
  }
}

function idIn(facts: Pick<PassiveFacts, "roomVersion">, pdu: JsonObject): string | undefined {
  const rules = rulesFor(pdu, facts);
  const event = rules === undefined ? undefined : asEvent(pdu, rules);
  return rules === undefined || event === undefined ? undefined : idOf(event, rules);
}
