import { eventIdOf } from "../../matrix/events/hashes.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { EventReference, Pdu, RoomId, ServerName, UserId } from "../../matrix/pdu.js";
import { type RoomVersionRules, roomVersionRules } from "../../matrix/room-versions.js";
import { type ComposedEvent, MatrixError } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { freshEventId } from "../rooms/compose.js";
import { signOwn } from "../rooms/sign-own.js";
import { isArray } from "./body.js";

export interface Wish {
  readonly user: UserId;
  readonly roomId: RoomId;
  readonly membership: "join" | "leave" | "knock";
  readonly content: JsonObject;
}

export interface CompletedOffer extends ComposedEvent {
  readonly rules: RoomVersionRules;
}

/** Asks a resident server for a template and makes this server's event of it, if it is what was asked for. */
export async function completeOffer(parts: RoomParts, wish: Wish, server: ServerName): Promise<CompletedOffer> {
  const { core, federation } = parts;
  const versions = core.roomVersions.map((version) => `ver=${encodeURIComponent(version)}`).join("&");
  const path = `make_${wish.membership}/${encodeURIComponent(wish.roomId)}/${encodeURIComponent(wish.user)}`;
  const query = wish.membership === "leave" ? "" : `?${versions}`;
  const answer = await federation.request(server, "GET", `/_matrix/federation/v1/${path}${query}`);
  if (!isJsonObject(answer) || !isJsonObject(answer.event)) throw unusable("there is no event in the answer");
  const rules = rulesOf(parts, answer.room_version ?? "1");
  if (!trusts(parts, wish)) requireAsked(answer.event, wish);
  const event = signOwn(core, rules, complete(parts, answer.event, rules, wish));
  parts.checks.checkFormat(event as JsonObject, rules);
  return { event, eventId: eventIdOf(event, rules), rules };
}

function rulesOf({ core }: RoomParts, version: unknown): RoomVersionRules {
  if (typeof version === "string" && core.roomVersions.includes(version)) return roomVersionRules(version);
  throw new MatrixError(400, "M_UNSUPPORTED_ROOM_VERSION", `room version ${JSON.stringify(version)} is not known`);
}

/** The checks on a template (server-server-api#get_matrixfederationv1make_joinroomiduserid). */
function requireAsked(event: JsonObject, { roomId, user, membership }: Wish): void {
  const content = isJsonObject(event.content) ? event.content : {};
  if (event.type !== "m.room.member") throw unusable("the template is no member event");
  if (event.room_id !== roomId) throw unusable("the template is of another room");
  if (event.sender !== user || event.state_key !== user) throw unusable("the template is about another user");
  if (content.membership !== membership) throw unusable(`the template's membership is not ${membership}`);
}

/** Only the references, the depth and the authorising user are the resident's to say. */
function complete(parts: RoomParts, offered: JsonObject, rules: RoomVersionRules, wish: Wish): Pdu {
  const offeredContent = isJsonObject(offered.content) ? offered.content : {};
  const authoriser = offeredContent.join_authorised_via_users_server;
  const named = typeof authoriser === "string" ? { join_authorised_via_users_server: authoriser } : {};
  const { core } = parts;
  const trusting = trusts(parts, wish);
  return {
    type: trusting && typeof offered.type === "string" ? offered.type : "m.room.member",
    room_id: trusting && typeof offered.room_id === "string" ? offered.room_id : wish.roomId,
    sender: wish.user,
    state_key: trusting && typeof offered.state_key === "string" ? offered.state_key : wish.user,
    content: trusting ? offeredContent : { ...wish.content, membership: wish.membership, ...named },
    origin: core.serverName,
    origin_server_ts: timeOf(parts, offered),
    depth: depthOf(parts, offered, wish),
    prev_events: references(offered.prev_events),
    auth_events: references(offered.auth_events),
    ...(rules.eventIds === "field" ? { event_id: freshEventId(core) } : {}),
  };
}

function timeOf({ core }: RoomParts, { origin_server_ts: offered }: JsonObject): number {
  return core.has("keeps-times-of-templates") && typeof offered === "number" ? offered : core.options.now();
}

function depthOf({ core }: RoomParts, { depth }: JsonObject, { membership }: Wish): number {
  const offered = typeof depth === "number" ? depth : 1;
  return core.has("joins-at-own-depth") && membership === "join" ? offered + 1 : offered;
}

/** A faulty server signs whatever it is offered. */
function trusts({ core }: RoomParts, { membership }: Wish): boolean {
  if (membership === "join") return core.has("accepts-any-template");
  return membership === "leave" ? core.has("accepts-any-leave-template") : core.has("accepts-any-knock-template");
}

function references(value: JsonObject[string] | undefined): readonly EventReference[] {
  return isArray(value) ? (value as unknown as readonly EventReference[]) : [];
}

function unusable(reason: string): MatrixError {
  return new MatrixError(502, "M_UNKNOWN", `unusable template: ${reason}`);
}
