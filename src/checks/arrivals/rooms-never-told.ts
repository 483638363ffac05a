import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import { resolveNames, resolveText } from "../../steps/names.js";
import { shown } from "../answers/responses.js";
import { defineCheck } from "../define.js";
import type { SeenExchange } from "../view.js";
import { holds } from "./arrivals.js";

const closed = { additionalProperties: false } as const;

export const roomsNeverTold = defineCheck({
  name: "rooms-never-told",
  summary: "No event that a server sent to others spells a text, though one of a kind was among them",
  input: Type.Object(
    {
      from: Type.String({ description: "The seat of the server that sends.", "refers-to": "seat" }),
      text: Type.String({ minLength: 8, description: "`${name}` stands for what is bound.", "refers-to": "nothing" }),
      among: Type.Object(
        {},
        { additionalProperties: true, description: "Members of the event that proves it, nested." },
      ),
    },
    closed,
  ),
  judge(view, input) {
    const text = resolveText(input.text, view);
    const proof = resolveNames(input.among as JsonObject, view);
    const expected = `“${text}” in no event that ${input.from} sends, with ${shown(proof)} among them`;
    const server = view.serverName(input.from);
    const sent = view.exchanges.filter(({ kind, from }) => kind === "federation" && from === server);
    const spelling = sent.filter((exchange) => eventsIn(exchange).some((event) => spells(event, text)));
    if (spelling.length > 0) {
      const actual = `${spelling.length} requests hold such an event`;
      return { holds: false, expected, actual, exchanges: spelling.map(idOf) };
    }
    const proving = sent.filter((exchange) => eventsIn(exchange).some((event) => holds(event, proof)));
    if (proving.length === 0) return { holds: "unknown", expected, actual: "no event of that kind was sent" };
    return { holds: true, expected, actual: "no event spells it", exchanges: proving.map(idOf) };
  },
});

/** Of transactions and invites. */
function eventsIn(exchange: SeenExchange): readonly JsonValue[] {
  const body = exchange.requestJson();
  if (!isJsonObject(body)) return [];
  const pdus: readonly JsonValue[] = Array.isArray(body.pdus) ? body.pdus : [];
  return body.event === undefined ? pdus : [...pdus, body.event];
}

function spells(event: JsonValue, text: string): boolean {
  return JSON.stringify(event).includes(JSON.stringify(text).slice(1, -1));
}

const idOf = ({ id }: SeenExchange) => id;
