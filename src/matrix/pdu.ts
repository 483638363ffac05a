import type { JsonObject, JsonValue } from "./json.js";

export type EventId = string;
export type RoomId = string;
export type UserId = string;
export type ServerName = string;

/** Signatures by signer, then by key id, in unpadded base64. */
export type Signatures = { readonly [signer: string]: { readonly [keyId: string]: string } };

/** An event reference: an id (room versions 3 and later) or a pair of id and hashes (versions 1 and 2). */
export type EventReference = EventId | readonly [EventId, JsonObject];

/**
 * A persistent data unit as it travels between servers.
 * Whether `event_id` and `room_id` are present depends on the room version (server-server-api#pdus, rooms/v3, rooms/v12).
 */
export interface Pdu {
  readonly type: string;
  readonly sender: UserId;
  readonly content: JsonObject;
  readonly origin_server_ts: number;
  readonly depth: number;
  readonly prev_events: readonly EventReference[];
  readonly auth_events: readonly EventReference[];
  readonly room_id?: RoomId;
  readonly event_id?: EventId;
  readonly state_key?: string;
  readonly redacts?: EventId;
  readonly hashes?: { readonly sha256?: string };
  readonly signatures?: Signatures;
  readonly unsigned?: JsonObject;
  readonly [extension: string]: JsonValue | undefined;
}
