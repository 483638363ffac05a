import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { resolveNames } from "../names.js";
import { namesOf } from "../names-of.js";
import { peersSettle } from "../peers/peer-acts.js";
import { peerRequest } from "../peers/peer-requests.js";
import { levelPeers } from "../shared-graph.js";
import { forgedEvent } from "./forged-events.js";
import { ForgedNode, forgeNode } from "./forged-node.js";
import { Respelling, respelled } from "./respelling.js";

const closed = { additionalProperties: false } as const;

export const forge = defineStep({
  name: "forge",
  summary: "Peers write events of a room, named and unsent: ids, hashes, auth events and signatures are computed",
  input: Type.Object(
    {
      room: Type.String(),
      events: Type.Record(Type.String(), ForgedNode, {
        description: "Events by name, in an order in which each follows those before it.",
      }),
    },
    closed,
  ),
  binds: ["events"],
  describe: ({ room, events }) => `The peers write ${Object.keys(events).join(", ")} of “${room}”, and keep it`,
  async run(context, input) {
    const roomId = context.roomId(input.room);
    levelPeers(context, roomId);
    for (const [name, node] of Object.entries(input.events)) {
      forgeNode(context, { roomId, room: input.room, name }, node);
    }
  },
});

export const deliver = defineStep({
  name: "deliver",
  summary: "Peers send forged events to a server, each in a transaction of its own, or all in one",
  input: Type.Object(
    {
      to: Type.String({ description: "The seat of the receiving server." }),
      events: Type.Array(Type.String(), {
        minItems: 1,
        description: "Names of forged events, in the order of sending.",
      }),
      orders: Type.Optional(
        Type.Literal("all-topological", {
          description: "Run once for every order in which no event comes before one it follows.",
        }),
      ),
      together: Type.Optional(Type.Literal(true, { description: "All in one transaction." })),
      by: Type.Optional(Type.String({ description: "The peer that delivers; each event's own unless said." })),
      transaction: Type.Optional(Type.String({ description: "A transaction id, to use again." })),
      respell: Type.Optional(Respelling),
    },
    closed,
  ),
  describe: ({ to, events }) => `The peers send ${events.join(", ")} to ${to}`,
  async run(context, input) {
    const order = input.orders === undefined ? input.events : (context.instance.order ?? input.events);
    const bound = order.map((name) => forgedEvent(context, name));
    const groups = input.together === true ? [bound] : bound.map((one) => [one]);
    for (const group of groups) {
      const seat = input.by ?? String(group[0]?.seat);
      const pdus = group.map(({ pdu }) => pdu);
      const { transaction, respell } = input;
      await sendTransaction(
        context,
        seat,
        input.to,
        { pdus, edus: [] },
        {
          ...(transaction === undefined ? {} : { transaction }),
          ...(respell === undefined ? {} : { respell }),
        },
      );
    }
  },
});

export const sendEdu = defineStep({
  name: "send-edu",
  summary: "A peer sends an ephemeral data unit",
  input: Type.Object(
    {
      by: Type.String({ description: "The peer's seat." }),
      to: Type.String({ description: "The seat of the receiving server." }),
      type: Type.String({ description: "The edu_type." }),
      content: Type.Object({}, { additionalProperties: true }),
      transaction: Type.Optional(Type.String({ description: "A transaction id, to use again." })),
    },
    closed,
  ),
  describe: ({ by, to, type }) => `${by} sends ${type} to ${to}`,
  async run(context, input) {
    const content = resolveNames(input.content as JsonObject, namesOf(context));
    await sendTransaction(
      context,
      input.by,
      input.to,
      { pdus: [], edus: [{ edu_type: input.type, content }] },
      input.transaction === undefined ? {} : { transaction: input.transaction },
    );
  },
});

/** Sends a transaction as a peer; fails the step, charged to the receiver, unless it is answered with a success. */
export async function sendTransaction(
  context: StepContext,
  by: string,
  to: string,
  units: { readonly pdus: readonly JsonObject[]; readonly edus: readonly JsonObject[] },
  { transaction, respell }: { readonly transaction?: string; readonly respell?: Respelling } = {},
): Promise<void> {
  await peersSettle(context);
  const id = transaction ?? Buffer.from(context.random(9)).toString("base64url");
  const content = { origin: context.serverName(by), origin_server_ts: context.now(), ...units };
  const answer = await peerRequest(context, by, to, {
    method: "PUT",
    uri: `/_matrix/federation/v1/send/${encodeURIComponent(id)}`,
    content,
    ...(respell === undefined ? {} : { bytes: Buffer.from(respelled(content, respell), "utf8") }),
  });
  if (answer.status !== 200 || !isJsonObject(answer.body)) {
    context.fail(to, `the transaction was answered with ${answer.status}`);
  }
}
