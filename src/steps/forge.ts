import { type Static, Type } from "@sinclair/typebox";
import { eventIdOf } from "../matrix/events/hashes.js";
import { completeEvent } from "../matrix/events/sign.js";
import { isJsonObject, type JsonObject } from "../matrix/json.js";
import type { SigningKey } from "../matrix/keys.js";
import type { Pdu } from "../matrix/pdu.js";
import type { Peer } from "../peer/peer.js";
import type { StepContext } from "./context.js";
import { defineStep } from "./define.js";
import { peerUser } from "./handshakes.js";
import { Mutations, mutated } from "./mutations.js";
import { resolveNames } from "./names.js";
import { namesOf } from "./names-of.js";
import { peerRequest } from "./peer-requests.js";
import { levelPeers, shareAmongPeers } from "./shared-graph.js";

const closed = { additionalProperties: false } as const;

const Node = Type.Object(
  {
    by: Type.String({ description: "A member of the cast at a peer." }),
    type: Type.Optional(Type.String({ description: "An event type, for events that are not state." })),
    state: Type.Optional(Type.String({ description: "An event type, for state events." })),
    key: Type.Optional(Type.String({ description: "The state key; a member of the cast may be named as ${name}." })),
    content: Type.Optional(Type.Object({}, { additionalProperties: true })),
    prev: Type.Optional(
      Type.Array(Type.String(), {
        description: "Names of the events before it; the room's forward extremities when left out.",
      }),
    ),
    mutate: Type.Optional(Mutations),
    "signed-with": Type.Optional(
      Type.Literal("retired", { description: "The key before the last rotation, instead of the current one." }),
    ),
    redacts: Type.Optional(Type.String({ description: "The name of the event to redact." })),
    "seconds-ahead": Type.Optional(
      Type.Integer({ description: "By how much the clock of its author is ahead; not at all unless said." }),
    ),
  },
  closed,
);

export const forge = defineStep({
  name: "forge",
  summary: "Peers write events of a room, named and unsent: ids, hashes, auth events and signatures are computed",
  input: Type.Object(
    {
      room: Type.String(),
      events: Type.Record(Type.String(), Node, {
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
    for (const [name, node] of Object.entries(input.events)) forgeNode(context, roomId, input.room, name, node);
  },
});

function forgeNode(context: StepContext, roomId: string, room: string, name: string, node: Static<typeof Node>): void {
  const user = peerUser(context, node.by);
  const names = namesOf(context);
  const { rooms } = user.peer.homeserver.context;
  const honest = rooms.draft(
    roomId,
    {
      type: node.state ?? node.type ?? "m.room.message",
      sender: user.userId,
      ...(node.state === undefined ? {} : { stateKey: resolveNames(node.key ?? "", names) }),
      content: resolveNames(
        (node.content ?? { msgtype: "m.text", body: `${name} ${context.instance.token}` }) as JsonObject,
        names,
      ),
      ...(node.redacts === undefined ? {} : { redacts: context.eventId(node.redacts) }),
    },
    node.prev === undefined ? {} : { prevEvents: node.prev.map((before) => context.eventId(before)) },
  );
  const { rules } = honest;
  const bare = mutated(dated(context, honest.event, node["seconds-ahead"]), node.mutate, "before-signing", names);
  const key = node["signed-with"] === "retired" ? retiredKey(user.peer) : user.peer.signingKey;
  const asDrafted = bare === honest.event && key === user.peer.signingKey;
  const resigned = asDrafted
    ? bare
    : completeEvent({ ...bare, hashes: {}, signatures: {} }, rules, user.peer.serverName, key);
  const event = mutated(resigned, node.mutate, "after-signing", names);
  const eventId = eventIdOf(event, rules);
  if (node.mutate === undefined && node["signed-with"] === undefined) shareAmongPeers(context, event, roomId);
  context.bind(name, { kind: "event", eventId, room, pdu: event as unknown as JsonObject, seat: user.seat });
}

/** The event with the time that its author claims; the event itself when nothing is claimed. */
function dated(context: StepContext, event: Pdu, secondsAhead: number | undefined): Pdu {
  return secondsAhead === undefined ? event : { ...event, origin_server_ts: context.now() + secondsAhead * 1000 };
}

function retiredKey({ retiredKey: key, serverName }: Peer): SigningKey {
  if (key === undefined) throw new Error(`${serverName} has retired no key: rotate-key comes first`);
  return key;
}

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
    },
    closed,
  ),
  describe: ({ to, events }) => `The peers send ${events.join(", ")} to ${to}`,
  async run(context, input) {
    const order = input.orders === undefined ? input.events : (context.instance.order ?? input.events);
    const bound = order.map((name) => context.bound(name, "event"));
    const groups = input.together === true ? [bound] : bound.map((one) => [one]);
    for (const group of groups) {
      const seat = input.by ?? String(group[0]?.seat);
      const pdus = group.map((one) => one.pdu as JsonObject);
      await sendTransaction(context, seat, input.to, { pdus, edus: [] }, input.transaction);
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
      input.transaction,
    );
  },
});

/** Sends a transaction as a peer; fails the step, charged to the receiver, unless it is answered with a success. */
export async function sendTransaction(
  context: StepContext,
  by: string,
  to: string,
  units: { readonly pdus: readonly JsonObject[]; readonly edus: readonly JsonObject[] },
  transaction?: string,
): Promise<void> {
  const id = transaction ?? Buffer.from(context.random(9)).toString("base64url");
  const answer = await peerRequest(context, by, to, {
    method: "PUT",
    uri: `/_matrix/federation/v1/send/${encodeURIComponent(id)}`,
    content: { origin: context.serverName(by), origin_server_ts: context.now(), ...units },
  });
  if (answer.status !== 200 || !isJsonObject(answer.body)) {
    context.fail(to, `the transaction was answered with ${answer.status}`);
  }
}
