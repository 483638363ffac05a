import type { JsonObject } from "../../../matrix/json.js";
import { type EventRecord, MatrixError, type Room } from "../../parts.js";
import { clientEvent } from "../../sync/client-event.js";
import { readHistoryToken, writeHistoryToken } from "../../sync/sync-token.js";
import { mayRead, readingOf } from "../../sync/visibility.js";
import type { ClientParts } from "../client-parts.js";
import { type ClientRoutes, param, type UserRequest, wholeNumber } from "../request.js";

const MOST_EVENTS = 500;

interface Page {
  readonly records: readonly EventRecord[];
  /** Absent when there is nothing further that way. */
  readonly end?: number;
}

interface PageRequest {
  readonly room: Room;
  readonly from: number;
  readonly limit: number;
  readonly sees: (record: EventRecord) => boolean;
}

/** Pages backwards; where our own history ends before the room's does, other servers are asked for more. */
async function backwards(parts: ClientParts, page: PageRequest): Promise<Page> {
  const { room, from, limit } = page;
  const older = () => room.timeline.filter((record) => record.position < from);
  for (;;) {
    const before = older();
    const seen = before.filter(page.sees);
    const oldest = room.timeline[0];
    if (seen.length >= limit || oldest === undefined || oldest.event.type === "m.room.create") break;
    const fetched = await parts.context.rooms.backfill(room.roomId, [oldest.eventId], Math.max(limit, 20));
    if (fetched.length === 0 || older().length === before.length) break;
  }
  const all = older().filter(page.sees);
  const records = all.slice(-limit).reverse();
  const last = records.at(-1);
  return { records, ...(all.length > limit && last !== undefined ? { end: last.position } : {}) };
}

function forwards(page: PageRequest): Page {
  const newer = page.room.timeline.filter((record) => record.position >= page.from).filter(page.sees);
  const records = newer.slice(0, page.limit);
  const last = records.at(-1);
  return { records, ...(newer.length > page.limit && last !== undefined ? { end: last.position + 1 } : {}) };
}

async function messages(parts: ClientParts, request: UserRequest): Promise<JsonObject> {
  const room = parts.context.rooms.get(param(request, "roomId"));
  const reading = readingOf(room, request.requester.userId, parts.context.has);
  const direction = request.query.get("dir");
  if (direction !== "b" && direction !== "f") throw new MatrixError(400, "M_INVALID_PARAM", '"dir" must be b or f');
  if (room === undefined) throw new MatrixError(403, "M_FORBIDDEN", "you are not in that room");
  const token = request.query.get("from");
  const start = direction === "b" ? Math.min(parts.context.rooms.position, reading.until) + 1 : Number.MIN_SAFE_INTEGER;
  const from = token === null ? start : readHistoryToken(token);
  const limit = Math.max(1, Math.min(wholeNumber(request.query, "limit", 10), MOST_EVENTS));
  const sees = (record: EventRecord) =>
    record.position <= reading.until && mayRead(room, record, request.requester.userId, parts.context.has);
  const asked = { room, from, limit, sees };
  const page = direction === "b" ? await backwards(parts, asked) : forwards(asked);
  const now = parts.context.options.now();
  return {
    chunk: page.records.map((record) => clientEvent(room, record, { now })),
    start: token ?? writeHistoryToken(from),
    ...(page.end === undefined ? {} : { end: writeHistoryToken(page.end) }),
  };
}

/** client-server-api#get_matrixclientv3roomsroomidmessages */
export function messagesEndpoint(routes: ClientRoutes, parts: ClientParts): void {
  routes.user("GET", "/v3/rooms/:roomId/messages", (request) => messages(parts, request));
}
