import { isJsonObject, type JsonObject, type JsonValue, objectsIn } from "../matrix/json.js";

/** One answer of /sync, as a client saw it. */
export interface SyncBatch {
  readonly exchangeId: string;
  readonly body: JsonObject;
  /** Bytes of the answer, where they were counted. */
  readonly bytes?: number;
}

/** The value at a path of keys, or undefined. */
export function valueAt(value: JsonValue | undefined, ...keys: readonly string[]): JsonValue | undefined {
  return keys.reduce<JsonValue | undefined>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value);
}

/** The room's timeline events, whether the user is in it or has just left. */
export function timelineIn(batch: SyncBatch, roomId: string): readonly JsonObject[] {
  return (["join", "leave"] as const).flatMap((section) =>
    objectsIn(valueAt(batch.body, "rooms", section, roomId, "timeline", "events")),
  );
}

/** The room's state events, those of the timeline not included. */
export function stateIn(batch: SyncBatch, roomId: string): readonly JsonObject[] {
  return (["join", "leave"] as const).flatMap((section) =>
    objectsIn(valueAt(batch.body, "rooms", section, roomId, "state", "events")),
  );
}

/** The stripped state of an invite. */
export function inviteStateIn(batch: SyncBatch, roomId: string): readonly JsonObject[] {
  return objectsIn(valueAt(batch.body, "rooms", "invite", roomId, "invite_state", "events"));
}

/** The stripped state of a room that the user has knocked on. */
export function knockStateIn(batch: SyncBatch, roomId: string): readonly JsonObject[] {
  return objectsIn(valueAt(batch.body, "rooms", "knock", roomId, "knock_state", "events"));
}

export function ephemeralIn(batch: SyncBatch, roomId: string): readonly JsonObject[] {
  return objectsIn(valueAt(batch.body, "rooms", "join", roomId, "ephemeral", "events"));
}

export function toDeviceIn(batch: SyncBatch): readonly JsonObject[] {
  return objectsIn(valueAt(batch.body, "to_device", "events"));
}

export function presenceIn(batch: SyncBatch): readonly JsonObject[] {
  return objectsIn(valueAt(batch.body, "presence", "events"));
}

export function deviceListIn(batch: SyncBatch, list: "changed" | "left"): readonly string[] {
  const users = valueAt(batch.body, "device_lists", list);
  return Array.isArray(users) ? users.filter((user): user is string => typeof user === "string") : [];
}

/** Events of a verification in rooms' timelines, in order (client-server-api#key-verification-framework). */
export function verificationEventsIn(
  batch: SyncBatch,
): readonly { readonly roomId: string; readonly event: JsonObject }[] {
  const rooms = valueAt(batch.body, "rooms", "join");
  return Object.keys(isJsonObject(rooms) ? rooms : {}).flatMap((roomId) =>
    timelineIn(batch, roomId)
      .filter(isVerification)
      .map((event) => ({ roomId, event })),
  );
}

function isVerification({ type, content }: JsonObject): boolean {
  if (typeof type === "string" && type.startsWith("m.key.verification.")) return true;
  return type === "m.room.message" && isJsonObject(content) && content.msgtype === "m.key.verification.request";
}
