import type { JsonObject } from "../../matrix/json.js";
import type { RoomId, ServerName, UserId } from "../../matrix/pdu.js";
import { type Context, MatrixError } from "../parts.js";
import { isDescribedAsOpen, isOpenToUser } from "./access.js";
import { AskedHierarchies, type ToldSpace } from "./asked-hierarchies.js";
import { type Child, childrenOf } from "./children.js";
import { describedRoom } from "./summary.js";
import { keptRoom } from "./told-hierarchy.js";

/** However large a tree, no more of it is walked. */
const MAX_ROOMS = 200;

interface Wanted {
  readonly suggestedOnly: boolean;
  readonly maxDepth: number;
}

/** A room still to be looked at, with what its space's server said of it. */
interface Ahead {
  readonly roomId: RoomId;
  readonly via: readonly ServerName[];
  readonly depth: number;
  readonly described: JsonObject | undefined;
}

interface Looked {
  readonly room: JsonObject;
  readonly children: readonly Child[];
  readonly told?: ToldSpace;
}

/** Trees of spaces, for the users of this server (client-server-api#discovering-rooms-within-spaces). */
export class SpaceWalk {
  readonly #asked: AskedHierarchies;

  constructor(private readonly context: Context) {
    this.#asked = new AskedHierarchies(context);
  }

  /** The rooms that the user may see, spaces before what is in them; throws MatrixError 403 when the first is none of them. */
  async rooms(user: UserId, root: RoomId, wanted: Wanted): Promise<readonly JsonObject[]> {
    const { has, rooms } = this.context;
    const first = keptRoom(this.context, root);
    if (first === undefined || !isOpenToUser(rooms, first, user)) {
      throw new MatrixError(403, "M_FORBIDDEN", "that room is not open to you");
    }
    const found: JsonObject[] = [];
    const seen = new Set<RoomId>();
    const ahead: Ahead[] = [{ roomId: root, via: [], depth: 0, described: undefined }];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      if (found.length === MAX_ROOMS) {
        if (has("walks-in-circles")) throw new Error("the tree has no end");
        break;
      }
      if (seen.has(next.roomId) && !has("walks-in-circles")) continue;
      seen.add(next.roomId);
      const looked = await this.#look(user, next, wanted);
      if (looked === undefined) continue;
      found.push({ ...looked.room, children_state: looked.children.map(({ event }) => event) });
      if (next.depth < wanted.maxDepth) ahead.push(...this.#below(looked, next.depth + 1).reverse());
    }
    return found;
  }

  /** What this server knows itself comes before what others tell (client-server-api#spaces). */
  async #look(user: UserId, ahead: Ahead, { suggestedOnly }: Wanted): Promise<Looked | undefined> {
    const { has, rooms } = this.context;
    const told = has("believes-others-of-own-rooms") ? ahead.described : undefined;
    const kept = keptRoom(this.context, ahead.roomId);
    if (kept !== undefined && told === undefined) {
      if (!isOpenToUser(rooms, kept, user)) return undefined;
      return { room: describedRoom(has, kept), children: childrenOf(has, kept, suggestedOnly) };
    }
    if (has("knows-own-spaces-only")) return undefined;
    const open = (room: JsonObject) => has("spaces-alike-for-everybody") || isDescribedAsOpen(rooms, room, user);
    if (ahead.described !== undefined && ahead.described.room_type !== "m.space") {
      return open(ahead.described) ? { room: ahead.described, children: [] } : undefined;
    }
    const answer = await this.#asked.about(ahead.roomId, ahead.via, suggestedOnly);
    if (answer === undefined || !open(answer.room)) return undefined;
    return { room: answer.room, children: answer.children, told: answer };
  }

  #below({ children, told }: Looked, depth: number): Ahead[] {
    const asksAgain = this.context.has("asks-for-closed-rooms");
    return children
      .filter(({ roomId }) => told?.closed.has(roomId) !== true || asksAgain)
      .map(({ roomId, via }) => ({ roomId, via, depth, described: told?.described.get(roomId) }));
  }
}
