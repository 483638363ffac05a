import { isRoomAlias, serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { RoomId, ServerName, UserId } from "../../matrix/pdu.js";
import { type Context, type FederationRequest, MatrixError } from "../parts.js";

interface Alias {
  readonly roomId: RoomId;
  readonly creator: UserId;
}

export interface ResolvedAlias {
  readonly roomId: RoomId;
  readonly servers: readonly ServerName[];
}

/** Room aliases of this server and the rooms it publishes. */
export class RoomDirectory {
  readonly #context: Context;
  readonly #aliases = new Map<string, Alias>();
  readonly #published = new Set<RoomId>();

  constructor(context: Context) {
    this.#context = context;
    context.federationRoutes.add(
      "GET",
      "/_matrix/federation/v1/query/directory",
      { authenticated: true },
      async (request) => this.#answer(request),
    );
  }

  add(alias: string, roomId: RoomId, creator: UserId): void {
    if (!isRoomAlias(alias) && !this.#context.has("aliases-of-any-length"))
      throw new MatrixError(400, "M_INVALID_PARAM", "that is not a room alias");
    if (serverNameOf(alias) !== this.#context.serverName) {
      throw new MatrixError(400, "M_INVALID_PARAM", "that alias belongs to another server");
    }
    if (this.#aliases.has(alias)) throw new MatrixError(409, "M_ROOM_IN_USE", "that alias is taken");
    this.#aliases.set(alias, { roomId, creator });
  }

  isTaken(alias: string): boolean {
    return this.#aliases.has(alias);
  }

  remove(alias: string, user: UserId): void {
    const entry = this.#aliases.get(alias);
    if (entry === undefined) throw new MatrixError(404, "M_NOT_FOUND", "no such alias");
    if (entry.creator !== user) throw new MatrixError(403, "M_FORBIDDEN", "only its creator may remove the alias");
    this.#aliases.delete(alias);
  }

  /** All aliases of a room, and whether it is published, go over to another. */
  move(from: RoomId, to: RoomId): void {
    for (const [alias, entry] of this.#aliases)
      if (entry.roomId === from) this.#aliases.set(alias, { ...entry, roomId: to });
    this.publish(to, this.isPublished(from));
    this.publish(from, false);
  }

  aliasesOf(roomId: RoomId): readonly string[] {
    return [...this.#aliases].filter(([, entry]) => entry.roomId === roomId).map(([alias]) => alias);
  }

  /** Resolves an alias, at the server in its name when that is another one (client-server-api#room-aliases). */
  async resolve(alias: string, named: readonly ServerName[] = []): Promise<ResolvedAlias> {
    const own = serverNameOf(alias);
    const server = this.#context.has("asks-the-named-servers-about-addresses") ? (named[0] ?? own) : own;
    if (server === undefined) throw new MatrixError(400, "M_INVALID_PARAM", "that is not a room alias");
    if (server === this.#context.serverName || this.#context.has("no-remote-aliases")) return this.#local(alias);
    const uri = `/_matrix/federation/v1/query/directory?${new URLSearchParams({ room_alias: alias })}`;
    const answer = await this.#context.federation.request(server, "GET", uri);
    const roomId = isJsonObject(answer) ? answer.room_id : undefined;
    const servers = isJsonObject(answer) ? answer.servers : undefined;
    if (typeof roomId !== "string")
      throw new MatrixError(502, "M_BAD_JSON", "the other server's answer has no room_id");
    const names = Array.isArray(servers) ? servers.filter((name): name is string => typeof name === "string") : [];
    return { roomId, servers: names.length > 0 ? names : [server] };
  }

  publish(roomId: RoomId, published: boolean): void {
    if (published) this.#published.add(roomId);
    else this.#published.delete(roomId);
  }

  isPublished(roomId: RoomId): boolean {
    return this.#published.has(roomId);
  }

  published(): readonly RoomId[] {
    return [...this.#published];
  }

  #local(alias: string): ResolvedAlias {
    const entry = this.#aliases.get(alias);
    if (entry === undefined) throw new MatrixError(404, "M_NOT_FOUND", "no such alias");
    const joined = this.#context.rooms.get(entry.roomId)?.joinedServers() ?? [];
    return { roomId: entry.roomId, servers: [...new Set([this.#context.serverName, ...joined])] };
  }

  #answer(request: FederationRequest): JsonObject {
    const alias = request.query.get("room_alias");
    if (alias === null) throw new MatrixError(400, "M_MISSING_PARAM", "room_alias is missing");
    if (serverNameOf(alias) !== this.#context.serverName && this.#context.has("speaks-for-other-directories"))
      return { room_id: `!unknown:${this.#context.serverName}`, servers: [this.#context.serverName] };
    if (this.#context.has("directory-unknown-alias-200") && !this.#aliases.has(alias)) return {};
    const { roomId, servers } = this.#local(alias);
    return this.#context.has("directory-omits-servers")
      ? { room_id: roomId }
      : { room_id: roomId, servers: [...servers] };
  }
}
