import type { JsonObject, JsonValue } from "../../matrix/json.js";

/** Whether a room key is to take another's place in a backup (client-server-api#server-side-key-backups). */
export function isBetterBackup(key: JsonObject, than: JsonObject): boolean {
  if (key.is_verified !== than.is_verified) return key.is_verified === true;
  const [index, otherIndex] = [number(key.first_message_index), number(than.first_message_index)];
  if (index !== otherIndex) return index < otherIndex;
  return number(key.forwarded_count) < number(than.forwarded_count);
}

function number(value: JsonValue | undefined): number {
  return typeof value === "number" ? value : 0;
}
