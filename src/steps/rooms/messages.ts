import { Type } from "@sinclair/typebox";
import type { JsonObject } from "../../matrix/json.js";
import { askFor, encode, textMember } from "../asking/client-calls.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { resolveNames } from "../names.js";
import { namesOf } from "../names-of.js";
import { peerActs } from "../peers/peer-acts.js";

const who = Type.String({ description: "A member of the cast." });
const room = Type.String({ description: "The name that a room was bound to." });
const closed = { additionalProperties: false } as const;
const id = Type.String({ description: "The name to bind the event to." });

export const sendMessage = defineStep({
  name: "send-message",
  summary: "A user sends a text message",
  input: Type.Object({ as: who, room, id, body: Type.Optional(Type.String()) }, closed),
  binds: ["id"],
  describe: ({ as, room: into }) => `${as} writes into “${into}”`,
  run: (context, input) =>
    sendEvent(context, input.as, input.room, input.id, {
      type: "m.room.message",
      content: { msgtype: "m.text", body: input.body ?? `${input.id} ${context.instance.token}` },
    }),
});

export const sendMessages = defineStep({
  name: "send-messages",
  summary: "A user sends several text messages, one after the other",
  input: Type.Object(
    {
      as: who,
      room,
      count: Type.Integer({ minimum: 1, maximum: 200 }),
      prefix: Type.String({ description: "Bound as prefix-1, prefix-2, …" }),
    },
    closed,
  ),
  binds: ["prefix"],
  describe: ({ as, room: into, count }) => `${as} writes ${count} messages into “${into}”`,
  async run(context, input) {
    for (let number = 1; number <= input.count; number += 1) {
      const name = `${input.prefix}-${number}`;
      await sendEvent(context, input.as, input.room, name, {
        type: "m.room.message",
        content: { msgtype: "m.text", body: `${name} ${context.instance.token}` },
      });
    }
  },
});

export const sendStateEvent = defineStep({
  name: "send-state",
  summary: "A user sends a state event",
  input: Type.Object(
    {
      as: who,
      room,
      id,
      type: Type.String(),
      key: Type.Optional(Type.String()),
      content: Type.Record(Type.String(), Type.Unknown()),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ as, type, room: into }) => `${as} sets ${type} in “${into}”`,
  run: (context, input) =>
    sendEvent(context, input.as, input.room, input.id, {
      type: input.type,
      stateKey: resolveNames(input.key ?? "", namesOf(context)),
      content: resolveNames(input.content as JsonObject, namesOf(context)),
    }),
});

export const redact = defineStep({
  name: "redact",
  summary: "A user redacts an event",
  input: Type.Object({ as: who, room, event: Type.String(), id }, closed),
  binds: ["id"],
  describe: ({ as, event }) => `${as} redacts ${event}`,
  async run(context, input) {
    const target = context.eventId(input.event);
    const path = `/rooms/${encode(context.roomId(input.room))}/redact/${encode(target)}/${input.id}`;
    const body = await askFor(context, input.as, "PUT", path, {});
    bindEvent(context, input.id, textMember(context, input.as, body, "event_id"), input.room);
  },
});

interface Draft {
  readonly type: string;
  readonly stateKey?: string;
  readonly content: JsonObject;
}

async function sendEvent(
  context: StepContext,
  as: string,
  roomName: string,
  name: string,
  draft: Draft,
): Promise<void> {
  const user = context.user(as);
  const roomId = context.roomId(roomName);
  if (user.kind === "peer") {
    await peerActs(context, user.seat, async () => {
      const eventId = await user.peer.homeserver.context.rooms.send(roomId, { ...draft, sender: user.userId });
      bindEvent(context, name, eventId, roomName);
    });
    return;
  }
  const path =
    draft.stateKey === undefined
      ? `/rooms/${encode(roomId)}/send/${encode(draft.type)}/${encode(name)}`
      : `/rooms/${encode(roomId)}/state/${encode(draft.type)}/${encode(draft.stateKey)}`;
  const body = await askFor(context, as, "PUT", path, draft.content);
  bindEvent(context, name, textMember(context, as, body, "event_id"), roomName);
}

export function bindEvent(context: StepContext, name: string, eventId: string, room: string): void {
  context.bind(name, { kind: "event", eventId, room });
}
