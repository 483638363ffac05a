import type { HistoryDraft, HistoryNode } from "../matrix/dag/history.js";
import type { IdentifiedEvent } from "../matrix/events/references.js";
import type { Pdu, RoomId, ServerName, UserId } from "../matrix/pdu.js";
import { stateKey } from "../matrix/state-map.js";
import { founderOf, type RoomHistory, START, withUsers } from "./history.js";
import { RoomAuthor } from "./room-author.js";
import type { Troupe } from "./troupe.js";

/** A user of a server under test who is to enter the room. */
export interface Visitor {
  readonly userId: UserId;
  join(roomId: RoomId, via: ServerName): Promise<unknown>;
}

export interface OpenedRoom {
  readonly roomId: RoomId;
  readonly author: RoomAuthor;
  /** The joins of all visitors but the last: servers under test that came before do not know the later ones' yet. */
  readonly joins: readonly IdentifiedEvent[];
  /** The claimed time of the start, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
}

/** Makes the history's room on the host, lets the peers' users in, then the visitors through the host. Rejects as `join` does. */
export async function openRoom(
  history: RoomHistory,
  troupe: Troupe,
  visitors: readonly Visitor[],
): Promise<OpenedRoom> {
  const { roomId, author } = await peopledRoom(history, troupe);
  if (visitors.length === 0) throw new Error("a history needs a server under test");
  const joins: IdentifiedEvent[] = [];
  for (const [at, visitor] of visitors.entries()) {
    await visitor.join(roomId, troupe.host.serverName);
    const made = joinEvent(troupe, roomId, visitor.userId);
    author.adopt(at === visitors.length - 1 ? START : `visitor-${at + 1}`, made);
    joins.push(made);
  }
  return { roomId, author, joins, startedAt: joins.at(-1)?.event.origin_server_ts ?? 0 };
}

async function peopledRoom(history: RoomHistory, troupe: Troupe) {
  const { rooms } = troupe.host.homeserver.context;
  const userId = (name: string) => troupe.userId(name);
  const { roomId } = await rooms.create({
    creator: userId(founderOf(history)),
    roomVersion: history.roomVersion,
    preset: "public_chat",
    powerLevels: withUsers(history.powers, userId),
    creationContent: withUsers(history.creation, userId),
  });
  const author = authorOf(troupe, roomId);
  const made = [...(rooms.get(roomId)?.timeline ?? [])];
  for (const { eventId, event } of made) author.adopt(openingName(event), { eventId, event });
  let before = made.map(({ event }) => openingName(event)).at(-1) ?? "";
  const latest = Math.max(...made.map(({ event }) => event.origin_server_ts));
  for (const name of history.joined) {
    const { event } = author.write(joinNode(name, userId(name), before), latest + 1);
    rooms.inject(roomId, event);
    before = joinName(name);
  }
  return { roomId, author };
}

function authorOf(troupe: Troupe, roomId: RoomId): RoomAuthor {
  return new RoomAuthor({
    rules: troupe.rules,
    signedBy: (event, server) => event.signatures?.[server] !== undefined,
    complete: (draft: HistoryDraft, time) => troupe.complete(draft, time, roomId),
  });
}

function joinNode(name: string, userId: UserId, before: string): HistoryNode {
  return {
    name: joinName(name),
    prev: [before],
    sender: userId,
    type: "m.room.member",
    stateKey: userId,
    content: { membership: "join" },
  };
}

function joinName(user: string): string {
  return `${user}-joins`;
}

const NAMES: Readonly<Record<string, string>> = {
  "m.room.create": "create",
  "m.room.power_levels": "levels",
  "m.room.join_rules": "rules",
  "m.room.history_visibility": "visibility",
  "m.room.guest_access": "guests",
};

function openingName(event: Pdu): string {
  return NAMES[event.type] ?? joinName(event.sender.slice(1).split(":")[0] ?? "");
}

/** The visitor's join as the host took it in. */
function joinEvent(troupe: Troupe, roomId: RoomId, userId: UserId): IdentifiedEvent {
  const room = troupe.host.homeserver.context.rooms.get(roomId);
  const eventId = room?.currentState().get(stateKey("m.room.member", userId));
  const event = eventId === undefined ? undefined : room?.record(eventId)?.event;
  if (eventId === undefined || event === undefined) throw new Error(`${userId} says to have joined, and has not`);
  return { eventId, event };
}
