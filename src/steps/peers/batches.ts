import { Type } from "@sinclair/typebox";
import type { JsonObject } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { bindEvent } from "../rooms/messages.js";
import { peerUser } from "./handshakes.js";
import { peerRequest } from "./peer-requests.js";

export const sendBatch = defineStep({
  name: "send-batch",
  summary:
    "A peer sends one transaction with so many new messages of a user and so many typing notices; it may be refused",
  input: Type.Object(
    {
      by: Type.String({ description: "A member of the cast at a peer, in the room.", "refers-to": "cast" }),
      room: Type.String(),
      to: Type.String({ description: "The seat of the receiving server.", "refers-to": "seat" }),
      count: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: "How many messages." })),
      "typing-notices": Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      prefix: Type.String({ description: "The messages are bound as prefix-1, prefix-2, …" }),
    },
    { additionalProperties: false },
  ),
  binds: ["prefix"],
  describe: ({ by, to, count = 0, "typing-notices": notices = 0 }) =>
    `${by}'s server sends ${count} messages and ${notices} typing notices to ${to} at once`,
  async run(context, input) {
    const user = peerUser(context, input.by);
    const pdus = writeMessages(context, input);
    const edus = Array.from({ length: input["typing-notices"] ?? 0 }, (_none, index) => ({
      edu_type: "m.typing",
      content: { room_id: context.roomId(input.room), user_id: user.userId, typing: index % 2 === 0 },
    }));
    await peerRequest(context, user.seat, input.to, {
      method: "PUT",
      uri: `/_matrix/federation/v1/send/${Buffer.from(context.random(9)).toString("base64url")}`,
      content: { origin: context.serverName(user.seat), origin_server_ts: context.now(), pdus, edus },
    });
  },
});

/** One message after the other, each upon the one before, known to the peer's own server. */
function writeMessages(
  context: StepContext,
  { by, room, prefix, count = 0 }: { by: string; room: string; prefix: string; count?: number },
): readonly JsonObject[] {
  const user = peerUser(context, by);
  const { rooms } = user.peer.homeserver.context;
  const roomId = context.roomId(room);
  return Array.from({ length: count }, (_none, index) => {
    const name = `${prefix}-${index + 1}`;
    const content = { msgtype: "m.text", body: `${name} ${context.instance.token}` };
    const { event, eventId } = rooms.draft(roomId, { type: "m.room.message", sender: user.userId, content });
    rooms.inject(roomId, event satisfies Pdu);
    bindEvent(context, name, eventId, room);
    return event as unknown as JsonObject;
  });
}
