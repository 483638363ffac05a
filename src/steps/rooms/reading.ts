import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonValue } from "../../matrix/json.js";
import { ask, askFor, encode } from "../asking/client-calls.js";
import { defineStep } from "../define.js";
import { resolveText } from "../names.js";
import { namesOf } from "../names-of.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a target." });
const room = Type.String({ description: "The name that a room was bound to." });
const stateKey = Type.String({ description: "The state key; `${name}` stands for a user." });
const PAGE = 50;

export const readHistory = defineStep({
  name: "read-history",
  summary: "A user pages back through a room's history to its beginning",
  input: Type.Object(
    {
      as,
      room,
      pages: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, description: "At most; 5 unless said." })),
    },
    closed,
  ),
  describe: ({ as: who, room: where }) => `${who} pages back through “${where}”`,
  async run(context, input) {
    const events: string[] = [];
    let from: string | undefined;
    for (let page = 0; page < (input.pages ?? 5); page += 1) {
      const start = from === undefined ? "" : `&from=${encode(from)}`;
      const body = await askFor(
        context,
        input.as,
        "GET",
        `/rooms/${encode(context.roomId(input.room))}/messages?dir=b&limit=${PAGE}${start}`,
      );
      const chunk: readonly JsonValue[] = Array.isArray(body.chunk) ? body.chunk : [];
      for (const event of chunk) if (isJsonObject(event)) events.push(String(event.event_id));
      from = typeof body.end === "string" ? body.end : undefined;
      if (from === undefined || chunk.length === 0) break;
    }
    context.observe("history", { events });
  },
});

export const readState = defineStep({
  name: "read-state",
  summary: "A user reads one state event of a room",
  input: Type.Object({ as, room, type: Type.String(), key: Type.Optional(stateKey) }, closed),
  describe: ({ as: who, room: where, type }) => `${who} reads ${type} of “${where}”`,
  async run(context, input) {
    const key = encode(resolveText(input.key ?? "", namesOf(context)));
    await ask(
      context,
      input.as,
      "GET",
      `/rooms/${encode(context.roomId(input.room))}/state/${encode(input.type)}/${key}`,
    );
  },
});

export const readEvent = defineStep({
  name: "read-event",
  summary: "A user asks their own server for one event of a room",
  input: Type.Object({ as, room, event: Type.String({ description: "The name of the event." }) }, closed),
  describe: ({ as: who, event }) => `${who} reads “${event}”`,
  async run(context, input) {
    const path = `/rooms/${encode(context.roomId(input.room))}/event/${encode(context.eventId(input.event))}`;
    await ask(context, input.as, "GET", path);
  },
});
