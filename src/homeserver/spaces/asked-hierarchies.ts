import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { RoomId, ServerName } from "../../matrix/pdu.js";
import { objectsIn, stringsIn } from "../federation/body.js";
import { type Context, MatrixError } from "../parts.js";
import { type Child, readChild } from "./children.js";

const KEPT_MS = 5 * 60_000;
const MAX_SERVERS = 3;

/** What another server told of a space. */
export interface ToldSpace {
  readonly room: JsonObject;
  readonly children: readonly Child[];
  /** Descriptions of rooms in it, by their ids. */
  readonly described: ReadonlyMap<RoomId, JsonObject>;
  /** Rooms in it that nobody here can enter: nobody else need be asked about them. */
  readonly closed: ReadonlySet<RoomId>;
}

/** Spaces of other servers, asked for and kept for a while (server-server-api#get_matrixfederationv1hierarchyroomid). */
export class AskedHierarchies {
  readonly #kept = new Map<string, { readonly until: number; readonly told: ToldSpace }>();

  constructor(private readonly context: Context) {}

  /** The space as the first of the servers that knows it tells of it; undefined when none does. */
  async about(roomId: RoomId, via: readonly ServerName[], suggestedOnly: boolean): Promise<ToldSpace | undefined> {
    const { has, options, serverName } = this.context;
    const key = `${roomId} ${suggestedOnly}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.until > options.now() && !has("asks-for-spaces-every-time")) return kept.told;
    for (const server of via.filter((name) => name !== serverName).slice(0, MAX_SERVERS)) {
      const told = await this.#ask(server, roomId, suggestedOnly);
      if (told === undefined) continue;
      this.#kept.set(key, { until: options.now() + KEPT_MS, told });
      return told;
    }
    return undefined;
  }

  async #ask(server: ServerName, roomId: RoomId, suggestedOnly: boolean): Promise<ToldSpace | undefined> {
    const uri = `/_matrix/federation/v1/hierarchy/${encodeURIComponent(roomId)}?suggested_only=${suggestedOnly}`;
    try {
      return readAnswer(await this.context.federation.request(server, "GET", uri), roomId);
    } catch (error) {
      if (!(error instanceof MatrixError)) throw error;
      this.context.options.log?.(`${server} tells nothing of ${roomId}: ${error.message}`);
      return undefined;
    }
  }
}

/** Undefined for an answer about another room. */
function readAnswer(answer: JsonValue, roomId: RoomId): ToldSpace | undefined {
  if (!isJsonObject(answer) || !isJsonObject(answer.room) || answer.room.room_id !== roomId) return undefined;
  const described = objectsIn(answer.children).map((one): [RoomId, JsonObject] => [String(one.room_id), one]);
  return {
    room: answer.room,
    children: objectsIn(answer.room.children_state).flatMap((event) => readChild(event) ?? []),
    described: new Map(described),
    closed: new Set(stringsIn(answer.inaccessible_children)),
  };
}
