import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { Pdu, RoomId, ServerName } from "../../matrix/pdu.js";
import { splitStateKey } from "../../matrix/state-map.js";
import type { Context, Room } from "../parts.js";
import { isSpace } from "./summary.js";

const ORDER = /^[\x20-\x7e]{1,50}$/;

/** A room in a space, as the space's state names it. */
export interface Child {
  readonly roomId: RoomId;
  readonly via: readonly ServerName[];
  /** Stripped, with its time (server-server-api#get_matrixfederationv1hierarchyroomid). */
  readonly event: JsonObject;
}

/** The rooms of a space, in order; none for a room that is no space (client-server-api#mspacechild). */
export function childrenOf(has: Context["has"], room: Room, suggestedOnly: boolean): readonly Child[] {
  if (!isSpace(room)) return [];
  const events: Pdu[] = [];
  for (const [pair, eventId] of room.currentState()) {
    const event = splitStateKey(pair)[0] === "m.space.child" ? room.record(eventId)?.event : undefined;
    if (event !== undefined) events.push(event);
  }
  const limited = suggestedOnly && !has("suggests-every-room");
  return events
    .filter(({ content }) => isVia(content.via) || has("children-without-a-way"))
    .filter(({ content }) => !limited || content.suggested === true)
    .sort(byOrder)
    .map((event) => childOf(event as unknown as JsonObject));
}

/** A child out of somebody else's answer; undefined where it is none, or names no way to the room. */
export function readChild(value: JsonValue): Child | undefined {
  if (!isJsonObject(value) || value.type !== "m.space.child" || typeof value.state_key !== "string") return undefined;
  return isJsonObject(value.content) && isVia(value.content.via) ? childOf(value) : undefined;
}

function childOf({ type = "", state_key: key, sender = "", content, origin_server_ts: ts = 0 }: JsonObject): Child {
  const via = isJsonObject(content) && isVia(content.via) ? content.via : [];
  const roomId = String(key);
  return { roomId, via, event: { type, state_key: roomId, sender, content: content ?? {}, origin_server_ts: ts } };
}

function isVia(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((server) => typeof server === "string");
}

/** client-server-api#ordering-of-children-within-a-space */
function byOrder(one: Pdu, other: Pdu): number {
  const [a, b] = [orderOf(one), orderOf(other)];
  if (a !== b) return a === undefined || (b !== undefined && a > b) ? 1 : -1;
  const later = one.origin_server_ts - other.origin_server_ts;
  return later !== 0 ? later : (one.state_key ?? "") < (other.state_key ?? "") ? -1 : 1;
}

function orderOf({ content }: Pdu): string | undefined {
  return typeof content.order === "string" && ORDER.test(content.order) ? content.order : undefined;
}
