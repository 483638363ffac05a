import { prevEventIds } from "../../matrix/events/references.js";
import { checkEventSignature } from "../../matrix/events/sign.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { EventId, Pdu, ServerName } from "../../matrix/pdu.js";
import { signaturesOf } from "../../matrix/signing.js";
import { type ComposedEvent, type EventDraft, MatrixError } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { inviteState } from "../rooms/invite-state.js";
import { domainOf } from "../rooms/membership.js";
import type { StoredRoom } from "../rooms/stored-room.js";
import { isArray } from "./body.js";
import { asOwnFault } from "./remote-join.js";

/** Invites another server's user: that server signs first, then the room hears of it (server-server-api#inviting-to-a-room). */
export async function inviteThrough(parts: RoomParts, room: StoredRoom, draft: EventDraft): Promise<EventId> {
  const prepared = parts.events.prepare(room, draft);
  const { policyServers } = parts;
  const composed = policyServers.concerns(room, prepared.event)
    ? await policyServers.approved(room, prepared)
    : prepared;
  const server = domainOf(draft.stateKey ?? "");
  const event = await agreed(parts, room, composed, server);
  const stateBefore = room.stateAfterAll(prevEventIds(event));
  const record = parts.intake.take(room, { eventId: composed.eventId, event, stateBefore });
  if (record.rejected || record.softFailed) {
    throw new MatrixError(403, "M_FORBIDDEN", "the room has come to forbid the invite");
  }
  if (!parts.core.has("invite-not-relayed")) parts.events.distribute(room, record, []);
  return record.eventId;
}

async function agreed(parts: RoomParts, room: StoredRoom, composed: ComposedEvent, server: ServerName): Promise<Pdu> {
  try {
    const answer = await propose(parts, room, composed, server);
    const signed = await countersigned(parts, room, composed, answer, server);
    return parts.core.has("drops-the-guests-signature") ? composed.event : signed;
  } catch (error) {
    if (parts.core.has("keeps-refused-invites")) return composed.event;
    throw error;
  }
}

async function propose(
  parts: RoomParts,
  room: StoredRoom,
  composed: ComposedEvent,
  server: ServerName,
): Promise<JsonValue> {
  const { core, federation } = parts;
  const path = `invite/${encodeURIComponent(room.roomId)}/${encodeURIComponent(composed.eventId)}`;
  const event = composed.event as JsonObject;
  const state = inviteState(core, room, composed.event.sender) as unknown as JsonValue;
  const body = { room_version: room.rules.id, event, invite_room_state: state };
  try {
    return await federation.request(server, "PUT", `/_matrix/federation/v2/${path}`, body);
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    const knowsOld = room.rules.eventIds === "field" && !core.has("never-invites-in-the-older-way");
    const old = knowsOld && (error.status === 400 || error.status === 404);
    if (!old) throw asOwnFault(error);
    const withState = { ...event, unsigned: { invite_room_state: state } };
    const answer = await federation.request(server, "PUT", `/_matrix/federation/v1/${path}`, withState);
    return isArray(answer) ? (answer[1] ?? null) : answer;
  }
}

/** Our event with their signature, which must be good; whatever else they changed is not taken over. */
async function countersigned(
  parts: RoomParts,
  room: StoredRoom,
  { event }: ComposedEvent,
  answer: JsonValue,
  server: ServerName,
): Promise<Pdu> {
  const returned = isJsonObject(answer) && isJsonObject(answer.event) ? answer.event : {};
  const theirs = signaturesOf(returned, server);
  for (const [keyId, signature] of theirs) {
    const at = { ts: event.origin_server_ts, enforced: room.rules.enforcesKeyValidity };
    const publicKey = await parts.keys.forEvent(server, keyId, at);
    const signed: Pdu = { ...event, signatures: { ...event.signatures, [server]: { [keyId]: signature } } };
    if (publicKey !== undefined && checkEventSignature(signed, room.rules, server, keyId, publicKey)) return signed;
  }
  if (parts.core.has("accepts-uncountersigned-invite")) return event;
  throw new MatrixError(502, "M_UNKNOWN", `${server} did not sign the invite`);
}
