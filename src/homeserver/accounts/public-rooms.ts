import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { RoomId } from "../../matrix/pdu.js";
import type { Context } from "../parts.js";
import { summaryOf } from "../spaces/summary.js";
import type { RoomDirectory } from "./room-directory.js";

interface Wanted {
  readonly limit: number | undefined;
  readonly since: string | undefined;
  readonly term: string | undefined;
  readonly roomTypes: readonly (string | null)[] | undefined;
}

/** The published rooms as both APIs list them (client-server-api#listing-rooms, server-server-api#public-room-directory). */
export class PublicRooms {
  readonly #context: Context;
  readonly #directory: RoomDirectory;

  constructor(context: Context, directory: RoomDirectory) {
    this.#context = context;
    this.#directory = directory;
    const path = "/_matrix/federation/v1/publicRooms";
    context.federationRoutes.add("GET", path, { authenticated: true }, async (request) =>
      this.list(wantedOf(Object.fromEntries(request.query))),
    );
    context.federationRoutes.add("POST", path, { authenticated: true }, async (request) =>
      this.list(wantedOf(isJsonObject(request.body) ? request.body : {})),
    );
  }

  #shown(): readonly RoomId[] {
    const { has, isLocal } = this.#context;
    if (has("publishes-every-room")) return this.#everyRoom();
    const joined = this.#everyRoom().filter(
      (id) => !isLocal(this.#context.rooms.get(id)?.state("m.room.create", "")?.sender ?? ""),
    );
    return [...this.#directory.published(), ...(has("publishes-rooms-of-others") ? joined : [])];
  }

  #everyRoom(): readonly RoomId[] {
    return [...this.#context.rooms.all()].map(({ roomId }) => roomId);
  }

  list(wanted: Wanted): JsonObject {
    const { has } = this.#context;
    const rooms = this.#shown()
      .flatMap((id) => this.#context.rooms.get(id) ?? [])
      .map((room) => summaryOf(room))
      .filter((summary) => matches(summary, asUnderstood(has, wanted)))
      .sort((a, b) => b.num_joined_members - a.num_joined_members || (a.room_id < b.room_id ? -1 : 1));
    const start = Number(wanted.since ?? "0") || 0;
    const unlimited = wanted.limit === undefined || wanted.limit === 0 || has("directory-all-at-once");
    const end = unlimited ? rooms.length : start + (wanted.limit ?? 0);
    return {
      chunk: rooms.slice(start, end),
      total_room_count_estimate: rooms.length,
      ...(end < rooms.length ? { next_batch: String(end) } : {}),
      ...(start > 0 ? { prev_batch: String(Math.max(0, start - (wanted.limit ?? 0))) } : {}),
    };
  }
}

/** What of the wishes a server with faults heeds. */
function asUnderstood(has: Context["has"], wanted: Wanted): Wanted {
  return {
    ...wanted,
    ...(has("directory-without-search") ? { term: undefined } : {}),
    ...(has("directory-ignores-room-types") ? { roomTypes: undefined } : {}),
  };
}

/** Reads the parameters that the query string and the body share. */
export function wantedOf(source: JsonObject): Wanted {
  const filter = source.filter;
  const term = isJsonObject(filter) ? filter.generic_search_term : undefined;
  const types = isJsonObject(filter) ? filter.room_types : undefined;
  const limit = Number(source.limit ?? Number.NaN);
  return {
    limit: Number.isSafeInteger(limit) && limit >= 0 ? limit : undefined,
    since: typeof source.since === "string" ? source.since : undefined,
    term: typeof term === "string" && term !== "" ? term.toLowerCase() : undefined,
    roomTypes: Array.isArray(types) ? types.filter((type) => type === null || typeof type === "string") : undefined,
  };
}

function matches(summary: ReturnType<typeof summaryOf>, wanted: Wanted): boolean {
  const { term, roomTypes } = wanted;
  if (roomTypes !== undefined && !roomTypes.includes(summary.room_type ?? null)) return false;
  if (term === undefined) return true;
  return [summary.name, summary.topic, summary.canonical_alias].some(
    (text) => text?.toLowerCase().includes(term) === true,
  );
}
