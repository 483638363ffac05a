import { eventIdOf } from "../../matrix/events/hashes.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { Pdu, ServerName } from "../../matrix/pdu.js";
import type { Core } from "../core.js";
import { type ComposedEvent, MatrixError } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { isResident } from "../rooms/access.js";
import type { StoredRoom } from "../rooms/stored-room.js";
import { objectsIn } from "./body.js";
import { type CompletedOffer, completeOffer, type Wish } from "./offers.js";
import { stateOf } from "./outliers.js";

/** Joins through one resident server: template, submission, and the checks of all it answers (server-server-api#joining-rooms). */
export async function joinThrough(parts: RoomParts, wish: Wish, server: ServerName): Promise<StoredRoom> {
  const offer = await completeOffer(parts, wish, server);
  const answer = await submitJoin(parts, offer, wish, server);
  const joined = { eventId: offer.eventId, event: await withTheirSignature(parts, offer, answer.event, server) };
  const known = parts.store.get(wish.roomId);
  if (isResident(parts.core, known)) {
    const record = await parts.receiver.receiveChecked(known, joined, server);
    if (record.rejected || record.softFailed) throw refused("the room does not allow the join");
    return known;
  }
  const room = parts.store.open(wish.roomId, offer.rules);
  try {
    await enter(parts, room, joined, answer, server);
  } catch (error) {
    if (known === undefined) parts.store.forget(wish.roomId);
    throw error;
  }
  return room;
}

async function submitJoin(
  parts: RoomParts,
  offer: CompletedOffer,
  wish: Wish,
  server: ServerName,
): Promise<JsonObject> {
  const path = `send_join/${encodeURIComponent(wish.roomId)}/${encodeURIComponent(offer.eventId)}`;
  try {
    const query = parts.core.has("takes-a-room-without-members-for-whole") ? "?omit_members=true" : "";
    const uri = `/_matrix/federation/v2/${path}${query}`;
    const answer = await parts.federation.request(server, "PUT", uri, offer.event as JsonObject);
    if (isJsonObject(answer)) return answer;
  } catch (error) {
    throw error instanceof MatrixError ? asOwnFault(error) : error;
  }
  throw refused("send_join was not answered with an object");
}

/** What the resident holds against our event is no fault of the client's (server-server-api#put_matrixfederationv2send_joinroomideventid). */
export function asOwnFault(error: MatrixError): MatrixError {
  if (error.errcode !== "M_MISSING_PARAM" && error.errcode !== "M_INVALID_PARAM") return error;
  return new MatrixError(502, error.errcode, error.message, error.extra);
}

async function withTheirSignature(
  parts: RoomParts,
  offer: CompletedOffer,
  returned: JsonValue | undefined,
  server: ServerName,
): Promise<Pdu> {
  if (!isJsonObject(returned)) return offer.event;
  const theirs = parts.checks.checkFormat(returned, offer.rules);
  if (eventIdOf(theirs, offer.rules) !== offer.eventId) return offer.event;
  const event: Pdu = { ...offer.event, signatures: { ...theirs.signatures, ...offer.event.signatures } };
  await parts.checks.checkSignatures(event, offer.rules, server);
  return event;
}

async function enter(
  parts: RoomParts,
  room: StoredRoom,
  joined: ComposedEvent,
  answer: JsonObject,
  server: ServerName,
): Promise<void> {
  const state = objectsIn(answer.state);
  const sound = await parts.outliers.keep(room, [...objectsIn(answer.auth_chain), ...state], server);
  const claimed = new Set(state.flatMap((json) => idIfAny(json, room)));
  const stateBefore = stateOf(
    room,
    sound.map(({ eventId }) => eventId).filter((id) => claimed.has(id)),
    parts.core.has("rejected-events-enter-told-state"),
  );
  if (parts.core.has("joins-whatever-is-told")) {
    const arrival = { ...joined, stateBefore, restarts: true };
    parts.intake.put(room, arrival, { rejected: false, softFailed: false });
    return;
  }
  requireCreate(parts.core, room, room.eventIn(stateBefore, "m.room.create", ""));
  const record = parts.intake.take(room, { ...joined, stateBefore, restarts: true });
  if (record.rejected) throw refused("the state that the resident tells does not allow the join");
}

function idIfAny(json: JsonObject, room: StoredRoom): readonly string[] {
  if (room.rules.eventIds === "field") return typeof json.event_id === "string" ? [json.event_id] : [];
  return isJsonObject(json.content) && typeof json.type === "string"
    ? [eventIdOf(json as unknown as Pdu, room.rules)]
    : [];
}

function requireCreate(core: Core, room: StoredRoom, create: Pdu | undefined): void {
  if (create === undefined) throw refused("the state holds no create event of this room");
  if (create.content.room_version === undefined && core.has("wants-a-version-named"))
    throw refused("the create event names no room version");
  if (!core.has("create-of-any-version") && (create.content.room_version ?? "1") !== room.rules.id)
    throw refused("the create event is of another room version");
}

function refused(reason: string): MatrixError {
  return new MatrixError(502, "M_UNKNOWN", reason);
}
