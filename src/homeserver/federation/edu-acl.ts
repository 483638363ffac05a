import type { JsonObject, JsonValue } from "../../matrix/json.js";
import type { ServerName } from "../../matrix/pdu.js";
import type { Core } from "../core.js";
import type { RoomStore } from "../rooms/room-store.js";
import { isServerAllowed } from "../rooms/server-acl.js";

/**
 * What is left of an EDU's content once rooms that deny its sender are taken out; undefined when nothing is
 * (server-server-api#server-access-control-lists-acls).
 */
export function admittedContent(
  core: Core,
  store: RoomStore,
  origin: ServerName,
  eduType: string,
  content: JsonObject,
): JsonObject | undefined {
  if (core.has("ignores-server-acl") || core.has("access-lists-spare-edus")) return content;
  const admits = (roomId: JsonValue | undefined): boolean => {
    const room = typeof roomId === "string" ? store.get(roomId) : undefined;
    return room === undefined || isServerAllowed(core, room, origin);
  };
  if (eduType === "m.typing") return admits(content.room_id) ? content : undefined;
  if (eduType !== "m.receipt") return content;
  return Object.fromEntries(Object.entries(content).filter(([roomId]) => admits(roomId)));
}
