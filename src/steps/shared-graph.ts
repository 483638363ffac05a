import type { EventRecord, Room } from "../homeserver/parts.js";
import { prevEventIds } from "../matrix/events/references.js";
import type { Pdu } from "../matrix/pdu.js";
import type { Peer } from "../peer/peer.js";
import type { StepContext } from "./context.js";

/** The peers of the scenario that know the room. */
function peersIn(context: StepContext, roomId: string): readonly Peer[] {
  return Object.entries(context.instance.seats)
    .filter(([, { kind }]) => kind === "peer")
    .map(([seat]) => context.peer(seat))
    .filter((peer) => roomOf(peer, roomId) !== undefined);
}

function roomOf(peer: Peer, roomId: string): Room | undefined {
  return peer.homeserver.context.rooms.get(roomId);
}

/** Every peer that knows the room takes the event in, each judging it by the rules, so that the next one can be built upon it. */
export function shareAmongPeers(context: StepContext, event: Pdu, roomId: string): void {
  for (const peer of peersIn(context, roomId)) peer.homeserver.context.rooms.witness(roomId, event);
}

/** Gives every peer in the room what the others know of its graph: they are one author, whatever reached whom so far. */
export function levelPeers(context: StepContext, roomId: string): void {
  const peers = peersIn(context, roomId);
  const known = new Map(peers.flatMap((peer) => recordsOf(peer, roomId).map((record) => [record.eventId, record])));
  const byDepth = [...known.values()].sort((a, b) => a.event.depth - b.event.depth);
  for (const peer of peers) for (const record of byDepth) takeIn(peer, roomId, record);
}

function recordsOf(peer: Peer, roomId: string): readonly EventRecord[] {
  return [...(roomOf(peer, roomId)?.records() ?? [])].filter(({ outlier }) => !outlier);
}

function takeIn(peer: Peer, roomId: string, { eventId, event }: EventRecord): void {
  const room = roomOf(peer, roomId);
  if (room === undefined || room.record(eventId)?.outlier === false) return;
  const follows = prevEventIds(event).every((id) => room.stateAfter(id) !== undefined);
  if (follows) peer.homeserver.context.rooms.witness(roomId, event);
}
