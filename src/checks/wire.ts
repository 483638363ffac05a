import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonValue } from "../matrix/json.js";
import { defineCheck } from "./define.js";
import type { JudgeView, SeenExchange } from "./view.js";

const closed = { additionalProperties: false } as const;

export const wireNeverHolds = defineCheck({
  name: "wire-never-holds",
  summary: "Nothing that a server under test sent to others spells a text, though an encrypted event is among it",
  input: Type.Object({ text: Type.String({ minLength: 8 }) }, closed),
  judge(view, input) {
    const expected = `“${input.text}” nowhere in what the servers under test sent to others, and an encrypted event among it`;
    const federation = view.exchanges.filter(({ kind }) => kind === "federation");
    const spelling = federation.filter((exchange) => spells(view, exchange, input.text)).map(({ id }) => id);
    if (spelling.length > 0)
      return { holds: false, expected, actual: `${spelling.length} exchanges spell it`, exchanges: spelling };
    const carrying = federation.filter(carriesEncrypted).map(({ id }) => id);
    if (carrying.length === 0) return { holds: "unknown", expected, actual: "no encrypted event passed" };
    const actual = `none of ${federation.length} exchanges spells it`;
    return { holds: true, expected, actual, exchanges: carrying };
  },
});

/** In what servers under test sent, headers and all, whatever was made of it on the way: as it stands, escaped, percent-encoded, or as the beginning of something in base64. */
function spells(view: JudgeView, exchange: SeenExchange, text: string): boolean {
  const spellings = [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    Buffer.from(text).toString("base64").slice(0, -4),
  ];
  return sentByTargets(view, exchange).some((one) => spellings.some((spelling) => one.includes(spelling)));
}

function sentByTargets({ instance }: JudgeView, exchange: SeenExchange): readonly string[] {
  const seats = Object.values(instance.seats);
  const isTarget = (server: string) => seats.some(({ kind, serverName }) => kind === "target" && serverName === server);
  const { from, to, request, response } = exchange;
  return [
    ...(isTarget(from) ? [request.target, ...request.headers.flat(), asText(exchange.requestBytes())] : []),
    ...(isTarget(to) ? [...(response?.headers ?? []).flat(), asText(exchange.responseBytes())] : []),
  ];
}

function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

function carriesEncrypted(exchange: SeenExchange): boolean {
  const body = exchange.requestJson();
  const pdus: readonly JsonValue[] = isJsonObject(body) && Array.isArray(body.pdus) ? body.pdus : [];
  return pdus.some((pdu) => isJsonObject(pdu) && pdu.type === "m.room.encrypted");
}
