import { Type } from "@sinclair/typebox";
import type { JsonObject } from "../../matrix/json.js";
import { askFor, encode } from "../asking/client-calls.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a target." });
const room = Type.String({ description: "The name that a room was bound to." });
const TYPING_MS = 20_000;

export const setTyping = defineStep({
  name: "set-typing",
  summary: "A user starts or stops typing",
  input: Type.Object({ as, room, typing: Type.Boolean() }, closed),
  describe: ({ as: who, room: where, typing }) => `${who} ${typing ? "starts" : "stops"} typing in “${where}”`,
  async run(context, input) {
    const path = `/rooms/${encode(context.roomId(input.room))}/typing/${encode(context.user(input.as).userId)}`;
    await askFor(
      context,
      input.as,
      "PUT",
      path,
      input.typing ? { typing: true, timeout: TYPING_MS } : { typing: false },
    );
  },
});

export const sendReceipt = defineStep({
  name: "send-receipt",
  summary: "A user marks an event as read",
  input: Type.Object(
    {
      as,
      room,
      event: Type.String(),
      private: Type.Optional(Type.Literal(true)),
      thread: Type.Optional(Type.String({ description: "The name of the thread's first event, or `main`." })),
    },
    closed,
  ),
  describe: ({ as: who, event }) => `${who} has read “${event}”`,
  async run(context, input) {
    const type = input.private === true ? "m.read.private" : "m.read";
    const eventId = encode(context.eventId(input.event));
    await askFor(
      context,
      input.as,
      "POST",
      `/rooms/${encode(context.roomId(input.room))}/receipt/${type}/${eventId}`,
      threadOf(context, input.thread),
    );
  },
});

function threadOf(context: StepContext, thread: string | undefined): JsonObject {
  if (thread === undefined) return {};
  return { thread_id: thread === "main" ? thread : context.eventId(thread) };
}

export const setPresence = defineStep({
  name: "set-presence",
  summary: "A user sets their presence",
  input: Type.Object(
    {
      as,
      presence: Type.Union([Type.Literal("online"), Type.Literal("offline"), Type.Literal("unavailable")]),
      status: Type.Optional(Type.String()),
    },
    closed,
  ),
  describe: ({ as: who, presence }) => `${who} is ${presence}`,
  async run(context, input) {
    const path = `/presence/${encode(context.user(input.as).userId)}/status`;
    await askFor(context, input.as, "PUT", path, {
      presence: input.presence,
      ...(input.status === undefined ? {} : { status_msg: input.status }),
    });
  },
});
