import { isJsonObject } from "../../matrix/json.js";
import type { EventId } from "../../matrix/pdu.js";
import { type EventRecord, MatrixError } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { gapsBefore } from "../rooms/graph-walk.js";
import type { StoredRoom } from "../rooms/stored-room.js";
import { objectsIn } from "./body.js";

const REACH = 100;
const MAX_EVENTS = 100;

/** Fetches what comes before the events named, where this server's history has a gap; servers in turn until one helps. */
export async function backfill(
  parts: RoomParts,
  room: StoredRoom,
  before: readonly EventId[],
  limit: number,
): Promise<readonly EventRecord[]> {
  const gaps = gapsBefore(room, before, REACH);
  if (gaps.length === 0) return [];
  const query = new URLSearchParams(gaps.map((id) => ["v", id]));
  query.set("limit", String(Math.min(limit, MAX_EVENTS)));
  const uri = `/_matrix/federation/v1/backfill/${encodeURIComponent(room.roomId)}?${query}`;
  const others = room.joinedServers().filter((name) => name !== parts.core.serverName);
  for (const server of parts.core.has("asks-one-for-history") ? others.slice(0, 1) : others) {
    try {
      const answer = await parts.federation.request(server, "GET", uri);
      const events = isJsonObject(answer) ? objectsIn(answer.pdus) : [];
      const positions = (count: number): readonly number[] => parts.store.positionsBefore(count);
      const records = await parts.receiver.receiveHistory(room, events, server, positions);
      const shown = records.filter(({ rejected, softFailed }) => !rejected && !softFailed);
      if (shown.length > 0) return shown;
    } catch (error) {
      if (!(error instanceof MatrixError)) throw error;
      parts.core.log(`no history from ${server}: ${error.message}`);
    }
  }
  return [];
}
