import { isJsonObject } from "../../matrix/json.js";
import type { EventId, ServerName } from "../../matrix/pdu.js";
import { MatrixError, type MomentSought, type NearestEvent } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { gapsBefore } from "../rooms/graph-walk.js";
import { domainOf } from "../rooms/membership.js";
import { distanceFrom, nearestEvent } from "../rooms/nearest-event.js";
import type { StoredRoom } from "../rooms/stored-room.js";
import { objectsIn } from "./body.js";

/**
 * The event nearest to a moment, by this server's own history, and where that has gaps by what other servers know: their event is
 * taken only if it is nearer, and fetched (client-server-api#get_matrixclientv1roomsroomidtimestamp_to_event).
 */
export async function nearestAnywhere(
  parts: RoomParts,
  room: StoredRoom,
  moment: MomentSought,
): Promise<NearestEvent | undefined> {
  const own = nearestEvent(room.timeline, moment);
  const whole = gapsBefore(room, room.forwardExtremities, Number.POSITIVE_INFINITY).length === 0;
  if (whole || parts.core.has("asks-nobody-for-days")) return own;
  for (const server of residentsByStanding(parts, room)) {
    try {
      const theirs = await askedOf(parts, room, moment, server);
      if (!isNearer(moment, theirs, own) && !parts.core.has("takes-any-day-of-others")) return own;
      if (!parts.core.has("leaves-far-days-unfetched")) await fetchEvent(parts, room, theirs.eventId, server);
      return theirs;
    } catch (error) {
      if (!(error instanceof MatrixError)) throw error;
      parts.core.log(`no day from ${server}: ${error.message}`);
    }
  }
  return own;
}

function isNearer(moment: MomentSought, theirs: NearestEvent, own: NearestEvent | undefined): boolean {
  const distance = distanceFrom(moment, theirs.at);
  return distance >= 0 && (own === undefined || distance < distanceFrom(moment, own.at));
}

async function askedOf(
  { federation }: RoomParts,
  { roomId }: StoredRoom,
  { ts, dir }: MomentSought,
  server: ServerName,
): Promise<NearestEvent> {
  const query = new URLSearchParams({ ts: String(ts), dir });
  const uri = `/_matrix/federation/v1/timestamp_to_event/${encodeURIComponent(roomId)}?${query}`;
  const answer = await federation.request(server, "GET", uri);
  const { event_id: eventId, origin_server_ts: at } = isJsonObject(answer) ? answer : {};
  if (typeof eventId !== "string" || typeof at !== "number")
    throw new MatrixError(502, "M_BAD_JSON", "the other server's answer names no event");
  return { eventId, at };
}

async function fetchEvent(parts: RoomParts, room: StoredRoom, id: EventId, server: ServerName): Promise<void> {
  const known = room.record(id);
  if (known !== undefined && !known.outlier) return;
  const answer = await parts.federation.request(
    server,
    "GET",
    `/_matrix/federation/v1/event/${encodeURIComponent(id)}`,
  );
  const events = isJsonObject(answer) ? objectsIn(answer.pdus) : [];
  await parts.receiver.receiveHistory(room, events, server, (count) => parts.store.positionsBefore(count));
}

/** The other servers of the room, whoever has a member there for longest first: they know most of its history. */
function residentsByStanding({ core }: RoomParts, room: StoredRoom): readonly ServerName[] {
  const since = new Map<ServerName, number>();
  for (const user of room.joinedUsers()) {
    const depth = room.state("m.room.member", user)?.depth ?? Number.POSITIVE_INFINITY;
    since.set(domainOf(user), Math.min(depth, since.get(domainOf(user)) ?? Number.POSITIVE_INFINITY));
  }
  since.delete(core.serverName);
  return [...since].sort(([, one], [, other]) => one - other).map(([server]) => server);
}
