import { type Static, Type } from "@sinclair/typebox";
import { eventIdOf } from "../../matrix/events/hashes.js";
import { authEventIds } from "../../matrix/events/references.js";
import type { JsonObject } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import type { StepContext } from "../context.js";
import { resolveNames } from "../names.js";
import { namesOf } from "../names-of.js";
import { peerUser } from "../peers/handshakes.js";
import { Vouchers } from "../peers/identity-keys.js";
import { shareAmongPeers } from "../shared-graph.js";
import { contentOf, Edits } from "./forged-content.js";
import { padded, signedAnew, signerOf } from "./forged-signatures.js";
import { IdOrder, withIdOrder } from "./id-order.js";
import { Mutations, mutated } from "./mutations.js";

const closed = { additionalProperties: false } as const;

/** One event of a forged graph, as a scenario writes it. */
export const ForgedNode = Type.Object(
  {
    by: Type.String({ description: "A member of the cast at a peer." }),
    type: Type.Optional(Type.String({ description: "An event type, for events that are not state." })),
    state: Type.Optional(Type.String({ description: "An event type, for state events." })),
    key: Type.Optional(Type.String({ description: "The state key; a member of the cast may be named as ${name}." })),
    content: Type.Optional(Type.Object({}, { additionalProperties: true })),
    edit: Type.Optional(Edits),
    vouched: Type.Optional(Vouchers),
    prev: Type.Optional(
      Type.Array(Type.String(), {
        description: "Names of the events before it; the room's forward extremities when left out.",
      }),
    ),
    mutate: Type.Optional(Mutations),
    "signed-with": Type.Optional(
      Type.Union([Type.Literal("retired"), Type.Literal("impostor"), Type.Literal("unpublished")], {
        description:
          "Another key than the current one: that before the last rotation, one under the current one's id, one never published.",
      }),
    ),
    "signed-by": Type.Optional(
      Type.String({ description: "The seat of the peer that signs, instead of the author's.", "refers-to": "seat" }),
    ),
    bytes: Type.Optional(
      Type.Integer({
        minimum: 1,
        description:
          "How large the whole event is, in canonical JSON with its signature; padding in its content makes it so.",
      }),
    ),
    redacts: Type.Optional(Type.String({ description: "The name of the event to redact." })),
    "cites-as-of": Type.Optional(
      Type.Array(Type.String(), {
        description:
          "Names of events: the auth events are those of the state after them, instead of the state before the event.",
        "refers-to": "bound",
      }),
    ),
    "seconds-ahead": Type.Optional(
      Type.Integer({ description: "By how much the clock of its author is ahead; not at all unless said." }),
    ),
    depth: Type.Optional(Type.Integer({ minimum: 1, description: "Claims this depth, whatever it follows." })),
    "id-order": Type.Optional(IdOrder),
    timed: Type.Optional(
      Type.Object(
        {
          after: Type.String({ description: "An event of the room that the peers know.", "refers-to": "bound" }),
          milliseconds: Type.Integer(),
        },
        { ...closed, description: "Claims the time of another event and so many milliseconds, also less than none." },
      ),
    ),
  },
  closed,
);

export type ForgedNode = Static<typeof ForgedNode>;

/** Where an event is forged: the room's id, and the names of the room and of the event. */
export interface ForgedPlace {
  readonly roomId: string;
  readonly room: string;
  readonly name: string;
}

/** Writes one event and binds it by name. Honest events become known to the peers, forgeries do not. */
export function forgeNode(context: StepContext, { roomId, room, name }: ForgedPlace, node: ForgedNode): void {
  const { peer, seat } = peerUser(context, node.by);
  const names = namesOf(context);
  const { event: honest, rules } = honestEvent(context, roomId, name, node);
  const signer = signerOf(
    node["signed-by"] === undefined ? peer : context.peer(node["signed-by"]),
    node["signed-with"],
  );
  const placed = withIdOrder(context, node["id-order"], dated(context, roomId, honest, node), rules);
  const meant = mutated(placed, node.mutate, "before-signing", names);
  const bare = node.bytes === undefined ? meant : padded(meant, node.bytes, rules, signer);
  const otherwiseSigned = node["signed-with"] !== undefined || node["signed-by"] !== undefined;
  const unhashed = node.mutate?.some(({ stage }) => stage === "after-hashing") === true;
  const signed =
    bare === honest && !otherwiseSigned && !unhashed
      ? bare
      : signedAnew(bare, rules, signer, (hashed) => mutated(hashed, node.mutate, "after-hashing", names));
  const event = mutated(signed, node.mutate, "after-signing", names);
  if (node.mutate === undefined && node.bytes === undefined && !otherwiseSigned) {
    shareAmongPeers(context, event, roomId);
  }
  const eventId = eventIdOf(event, rules);
  context.bind(name, { kind: "event", eventId, room, pdu: event as unknown as JsonObject, seat });
}

/** The event as the author's server would send it, but for the references that the scenario chooses. */
function honestEvent(context: StepContext, roomId: string, name: string, node: ForgedNode) {
  const { peer, userId } = peerUser(context, node.by);
  const { rooms } = peer.homeserver.context;
  const names = namesOf(context);
  const draft = {
    type: node.state ?? node.type ?? "m.room.message",
    sender: userId,
    ...(node.state === undefined ? {} : { stateKey: resolveNames(node.key ?? "", names) }),
    content: contentOf(context, roomId, name, node),
    ...(node.redacts === undefined ? {} : { redacts: context.eventId(node.redacts) }),
  };
  const ids = (wanted: readonly string[]) => wanted.map((before) => context.eventId(before));
  const asOf = node["cites-as-of"];
  const cited = asOf === undefined ? undefined : rooms.draft(roomId, draft, { prevEvents: ids(asOf) });
  return rooms.draft(roomId, draft, {
    ...(node.prev === undefined ? {} : { prevEvents: ids(node.prev) }),
    ...(cited === undefined ? {} : { authEvents: authEventIds(cited.event) }),
    ...(node.depth === undefined ? {} : { depth: node.depth }),
  });
}

/** The event with the time that its author claims; the event itself when nothing is claimed. */
function dated(context: StepContext, roomId: string, event: Pdu, node: ForgedNode): Pdu {
  const { timed, "seconds-ahead": ahead } = node;
  if (timed !== undefined) {
    const { peer } = peerUser(context, node.by);
    const other = peer.homeserver.context.rooms.get(roomId)?.record(context.eventId(timed.after));
    if (other === undefined) throw new Error(`the peers do not know ${timed.after}`);
    return { ...event, origin_server_ts: other.event.origin_server_ts + timed.milliseconds };
  }
  return ahead === undefined ? event : { ...event, origin_server_ts: context.now() + ahead * 1000 };
}
