import { type SyncBatch, valueAt } from "../../src/client/sync-batch.js";
import { isJsonObject, type JsonObject } from "../../src/matrix/json.js";

/** The room's part of a section of a sync answer, if it has one. */
export function roomIn(
  batch: SyncBatch,
  section: "join" | "invite" | "knock" | "leave",
  roomId: string,
): JsonObject | undefined {
  const room = valueAt(batch.body, "rooms", section, roomId);
  return isJsonObject(room) ? room : undefined;
}
