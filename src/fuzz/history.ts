import type { JsonObject, JsonValue } from "../matrix/json.js";
import type { UserId } from "../matrix/pdu.js";

/** Peer servers that a history may be spread over. Its room is made on the first. */
const PEER_SEATS = ["north", "south", "west"] as const;
export type PeerSeat = (typeof PEER_SEATS)[number];

/** The event upon which a history begins: the join of the target's user. */
export const START = "start";
/** The message that follows everything else. */
export const FINAL = "final";

/** One event of a history. Users are members of the cast; in `key` and `content` they stand as `${name}`. */
export interface FuzzNode {
  readonly name: string;
  readonly by: string;
  readonly type: string;
  readonly key?: string;
  readonly content: JsonObject;
  readonly prev: readonly string[];
  /** The claimed time, in milliseconds after that of the start. */
  readonly at: number;
  /** The node whose state the authorising events are taken from, where it is not the state before this one. */
  readonly cites?: string;
}

/** A small room history by names, independent of servers and event ids. */
export interface RoomHistory {
  readonly roomVersion: string;
  /** Where each peer user is; the first makes the room. */
  readonly cast: Readonly<Record<string, PeerSeat>>;
  /** Those that join, in this order, before the target's user does. */
  readonly joined: readonly string[];
  /** What the room's first power levels say, over the defaults. */
  readonly powers: JsonObject;
  readonly creation: JsonObject;
  readonly nodes: readonly FuzzNode[];
  /** The names of all nodes, in the order of sending. */
  readonly delivery: readonly string[];
  /** Nodes before which the target is asked for the state. */
  readonly asked: readonly string[];
}

const REFERENCE = /\$\{([a-z]+)\}/g;

/** The user that made the room. */
export function founderOf({ cast }: Pick<RoomHistory, "cast">): string {
  const [founder] = Object.keys(cast);
  if (founder === undefined) throw new Error("a history without users");
  return founder;
}

/** Seats in use, the founder's first. */
export function seatsOf({ cast }: Pick<RoomHistory, "cast">): readonly PeerSeat[] {
  return [...new Set(Object.values(cast))];
}

/** A JSON value with each `${name}` in its texts and member names replaced by the user's id. */
export function withUsers<T extends JsonValue>(value: T, userId: (name: string) => UserId): T {
  if (typeof value === "string") return value.replace(REFERENCE, (_whole, name: string) => userId(name)) as T;
  if (Array.isArray(value)) return value.map((item: JsonValue) => withUsers(item, userId)) as unknown as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [
    withUsers(key, userId),
    withUsers(member as JsonValue, userId),
  ]);
  return Object.fromEntries(entries) as T;
}
