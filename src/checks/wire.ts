import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonValue } from "../matrix/json.js";
import { defineCheck } from "./define.js";
import type { SeenExchange } from "./view.js";

const closed = { additionalProperties: false } as const;

export const wireNeverHolds = defineCheck({
  name: "wire-never-holds",
  summary: "No byte that passed between servers spells a text, though an encrypted event passed",
  input: Type.Object({ text: Type.String({ minLength: 8 }) }, closed),
  judge(view, input) {
    const expected = `“${input.text}” nowhere in what passed between servers, and an encrypted event among it`;
    const federation = view.exchanges.filter(({ kind }) => kind === "federation");
    const spelling = federation.filter((exchange) => spells(exchange, input.text)).map(({ id }) => id);
    if (spelling.length > 0)
      return { holds: false, expected, actual: `${spelling.length} exchanges spell it`, exchanges: spelling };
    const carrying = federation.filter(carriesEncrypted).map(({ id }) => id);
    if (carrying.length === 0) return { holds: "unknown", expected, actual: "no encrypted event passed" };
    const actual = `none of ${federation.length} exchanges spells it`;
    return { holds: true, expected, actual, exchanges: carrying };
  },
});

/** In either direction: as it stands, escaped, percent-encoded, or as the beginning of something in base64. */
function spells(exchange: SeenExchange, text: string): boolean {
  const spellings = [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    Buffer.from(text).toString("base64").slice(0, -4),
  ];
  const bytes = [exchange.request.target, asText(exchange.requestBytes()), asText(exchange.responseBytes())];
  return bytes.some((one) => spellings.some((spelling) => one.includes(spelling)));
}

function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

function carriesEncrypted(exchange: SeenExchange): boolean {
  const body = exchange.requestJson();
  const pdus: readonly JsonValue[] = isJsonObject(body) && Array.isArray(body.pdus) ? body.pdus : [];
  return pdus.some((pdu) => isJsonObject(pdu) && pdu.type === "m.room.encrypted");
}
