import { Type } from "@sinclair/typebox";
import type { SeenExchange } from "../../evidence/seen-exchange.js";
import { isJsonObject, type JsonObject, objectOf, objectsIn } from "../../matrix/json.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { sendTransaction } from "../forging/forge.js";
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

export const repeatMessages = defineStep({
  name: "repeat-messages",
  summary:
    "A peer sends the messages to devices that it has sent before once more: as they were, or as new ones in reverse order",
  input: Type.Object(
    {
      by: Type.String({ description: "The peer's seat.", "refers-to": "seat" }),
      to: Type.String({ description: "The seat of the receiving server.", "refers-to": "seat" }),
      anew: Type.Optional(Type.Literal(true, { description: "Under new message ids, the last first." })),
    },
    { additionalProperties: false },
  ),
  describe: ({ by, to, anew }) =>
    `${by} sends its messages to devices of ${to} once more${anew === true ? ", as new ones and in reverse order" : ""}`,
  async run(context, input) {
    await context.peer(input.by).homeserver.context.federation.settled();
    const requests = requestsSent(context, context.serverName(input.by), context.serverName(input.to));
    const sent = messagesIn(requests);
    if (sent.length === 0) {
      // It sends to those devices alone that the server tells of.
      const asked = requests.some(({ request }) => request.target.includes("/v1/user/"));
      const none = `${input.by} has sent no message to a device of ${input.to}`;
      if (asked) context.fail(input.to, `${none}, as it was told of none`);
      throw new Error(`${none}: send-encrypted or flood-device comes first`);
    }
    const contents =
      input.anew === true
        ? sent
            .map((content, index) => ({ ...content, message_id: `again-${index}-${context.instance.token}` }))
            .reverse()
        : sent;
    const edus = contents.map((content) => ({ edu_type: "m.direct_to_device", content }));
    await sendTransaction(context, input.by, input.to, { pdus: [], edus });
  },
});

function requestsSent(context: StepContext, from: string, to: string): readonly SeenExchange[] {
  return context.exchanges().filter((exchange) => exchange.from === from && exchange.to === to);
}

/** The contents of the messages to devices among the requests, oldest first. */
function messagesIn(requests: readonly SeenExchange[]): readonly JsonObject[] {
  return requests
    .filter(({ request }) => request.target.includes("/v1/send/"))
    .flatMap((exchange) => objectsIn(objectOf(exchange.requestJson()).edus))
    .flatMap(({ edu_type: type, content }) =>
      type === "m.direct_to_device" && isJsonObject(content) ? [content] : [],
    );
}
