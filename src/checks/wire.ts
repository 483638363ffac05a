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

/** As it stands, in either direction, escaped or not. */
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

export const updatesChained = defineCheck({
  name: "device-updates-chained",
  summary: "The device list updates of one user that reached a peer each name the one before, and no other, as prev_id",
  input: Type.Object(
    {
      peer: Type.String({ description: "The peer's seat.", "refers-to": "seat" }),
      user: Type.String({ description: "A member of the cast.", "refers-to": "cast" }),
      "at-least": Type.Integer({ minimum: 2, description: "How many updates there must be." }),
    },
    closed,
  ),
  judge(view, input) {
    const userId = view.instance.cast[input.user]?.userId;
    const expected = `${input["at-least"]} device list updates of ${input.user} or more, each with the stream id of the one before as its prev_id`;
    const updates = view.exchanges
      .filter(({ kind, to }) => kind === "federation" && to === view.serverName(input.peer))
      .flatMap(updatesIn)
      .filter(({ content }) => content.user_id === userId);
    const exchanges = [...new Set(updates.map(({ exchange }) => exchange))];
    const told = updates.map(({ content }) => `${content.stream_id} after ${JSON.stringify(content.prev_id ?? [])}`);
    const actual = told.length === 0 ? "no update" : told.join(", ");
    if (updates.length < input["at-least"]) return { holds: "unknown", expected, actual, exchanges };
    const holds = updates.every(({ content }, index) => {
      const before = updates[index - 1]?.content.stream_id;
      const previous = Array.isArray(content.prev_id) ? content.prev_id : [];
      return before === undefined || (previous.length === 1 && previous[0] === before);
    });
    return { holds, expected, actual, exchanges };
  },
});

function updatesIn(exchange: SeenExchange) {
  const body = exchange.requestJson();
  const edus: readonly JsonValue[] = isJsonObject(body) && Array.isArray(body.edus) ? body.edus : [];
  return edus.flatMap((edu) =>
    isJsonObject(edu) && edu.edu_type === "m.device_list_update" && isJsonObject(edu.content)
      ? [{ exchange: exchange.id, content: edu.content }]
      : [],
  );
}
