import { Type } from "@sinclair/typebox";
import { defineStep } from "./define.js";
import { sendTransaction } from "./forge.js";
import { peerUser } from "./handshakes.js";

/** What one transaction may hold (server-server-api#put_matrixfederationv1sendtxnid). */
const EDUS_IN_A_TRANSACTION = 100;

export const floodDevice = defineStep({
  name: "flood-device",
  summary: "A peer sends so many numbered messages to all of a user's devices, in as few transactions as are allowed",
  input: Type.Object(
    {
      by: Type.String({ description: "The sender: a member of the cast at a peer.", "refers-to": "cast" }),
      to: Type.String({ description: "The seat of the receiving server.", "refers-to": "seat" }),
      of: Type.String({ description: "Who is to receive them: a member of the cast.", "refers-to": "cast" }),
      type: Type.String(),
      count: Type.Integer({ minimum: 2, maximum: 1000 }),
    },
    { additionalProperties: false },
  ),
  describe: ({ by, of: whom, count }) => `${by} sends ${count} numbered messages to the devices of ${whom}`,
  async run(context, input) {
    const sender = peerUser(context, input.by);
    const { userId } = context.user(input.of);
    const edus = Array.from({ length: input.count }, (_none, index) => ({
      edu_type: "m.direct_to_device",
      content: {
        sender: sender.userId,
        type: input.type,
        message_id: `${context.instance.token.slice(0, 12)}-${index + 1}`,
        messages: { [userId]: { "*": { number: index + 1 } } },
      },
    }));
    for (let at = 0; at < edus.length; at += EDUS_IN_A_TRANSACTION) {
      await sendTransaction(context, sender.seat, input.to, {
        pdus: [],
        edus: edus.slice(at, at + EDUS_IN_A_TRANSACTION),
      });
    }
  },
});
