import { authEventKeys } from "../../matrix/auth-rules/auth-events.js";
import { encodeUrlSafeBase64 } from "../../matrix/base64.js";
import { eventIdOf } from "../../matrix/events/hashes.js";
import { referencesTo } from "../../matrix/events/references.js";
import type { EventId, EventReference, Pdu } from "../../matrix/pdu.js";
import { type StateMap, splitStateKey, stateKey } from "../../matrix/state-map.js";
import type { Core } from "../core.js";
import type { ComposedEvent, DraftReferences, EventDraft } from "../parts.js";
import { followedByFault } from "./faulty-intake.js";
import { signOwn } from "./sign-own.js";
import type { StoredRoom } from "./stored-room.js";

const MAX_PREV_EVENTS = 20;

/** The event that this server sends for a draft: references, depth, hash and signature added (server-server-api#pdus). */
export function compose(
  core: Core,
  room: StoredRoom,
  draft: EventDraft,
  references: DraftReferences = {},
): ComposedEvent {
  const event = signOwn(core, room.rules, template(core, room, draft, references));
  return { eventId: eventIdOf(event, room.rules), event };
}

/** The same without hash and signature: what a resident server offers to somebody who wants to join. */
export function template(core: Core, room: StoredRoom, draft: EventDraft, references: DraftReferences = {}): Pdu {
  const { rules } = room;
  const prevIds = references.prevEvents ?? latest(core, room);
  const state = references.prevEvents === undefined ? room.currentState() : room.stateAfterAll(prevIds);
  const authIds = references.authEvents ?? selectAuthEvents(core, room, draft, state);
  const inContent = draft.redacts !== undefined && redactsInContent(core, room);
  return {
    type: draft.type,
    sender: draft.sender,
    content: inContent ? { ...draft.content, redacts: draft.redacts ?? null } : draft.content,
    origin_server_ts: core.options.now(),
    depth: references.depth ?? depthAfter(core, room, prevIds),
    prev_events: refer(room, prevIds),
    auth_events: refer(room, authIds),
    ...(namesRoom(core, room, draft) ? { room_id: room.roomId } : {}),
    ...(rules.eventIds === "field" ? { event_id: freshEventId(core) } : {}),
    ...(draft.stateKey === undefined ? {} : { state_key: draft.stateKey }),
    ...(draft.redacts === undefined || inContent ? {} : { redacts: draft.redacts }),
  };
}

function redactsInContent(core: Core, { rules }: StoredRoom): boolean {
  if (core.has("names-the-redacted-inside")) return true;
  return rules.redactsIn === "content" && !core.has("names-the-redacted-outside");
}

/** An id of one's own choice, as room versions 1 and 2 have them (rooms/v1#event-ids). */
export function freshEventId(core: Core): EventId {
  return `$${encodeUrlSafeBase64(core.options.random(18))}:${core.serverName}`;
}

function namesRoom(core: Core, room: StoredRoom, draft: EventDraft): boolean {
  if (draft.type !== "m.room.create" || room.rules.roomIds === "domain") return true;
  return core.has("lists-create-room-id");
}

function latest(core: Core, room: StoredRoom): readonly EventId[] {
  const limit = core.has("prev-events-only-one") ? 1 : MAX_PREV_EVENTS;
  const newest = [...followedByFault(core, room), ...room.forwardExtremities];
  return core.has("follows-all-branches-at-once") ? newest : newest.slice(-limit);
}

function depthAfter(core: Core, room: StoredRoom, prevIds: readonly EventId[]): number {
  if (core.has("wrong-depth")) return 1;
  const deepest = Math.max(0, ...prevIds.map((id) => room.record(id)?.event.depth ?? 0));
  return core.has("depth-without-ceiling") ? deepest + 1 : Math.min(deepest + 1, room.rules.maxDepth);
}

function selectAuthEvents(core: Core, room: StoredRoom, draft: EventDraft, state: StateMap): readonly EventId[] {
  const { type, sender, content, stateKey: key } = draft;
  const selectable = { type, sender, content, ...(key === undefined ? {} : { state_key: key }) };
  const wanted = new Set(authEventKeys(selectable, room.rules));
  if (core.has("auth-events-missing-power-levels")) wanted.delete(stateKey("m.room.power_levels", ""));
  for (const pair of [...wanted]) if (isLeftOut(core, draft, pair)) wanted.delete(pair);
  for (const pair of core.has("cites-no-invitation") ? [...wanted] : []) {
    if (splitStateKey(pair)[0] === "m.room.third_party_invite") wanted.delete(pair);
  }
  if (core.has("v12-create-in-auth-events") && type !== "m.room.create") wanted.add(stateKey("m.room.create", ""));
  return [...wanted].flatMap((pair) => state.get(pair) ?? []);
}

/** Faults: what proves a change of membership is not cited (server-server-api#auth-events-selection). */
function isLeftOut(core: Core, { type, sender, content, stateKey: target }: EventDraft, pair: string): boolean {
  if (type !== "m.room.member") return false;
  const [cited, of] = splitStateKey(pair);
  if (cited === "m.room.join_rules") return content.membership === "invite" && core.has("cites-no-join-rules");
  if (cited !== "m.room.member" || of === sender) return false;
  return of === target ? core.has("cites-no-target") : core.has("cites-no-voucher");
}

function refer(room: StoredRoom, ids: readonly EventId[]): readonly EventReference[] {
  if (room.rules.references === "ids") return ids;
  const known = ids.flatMap((eventId) => {
    const record = room.record(eventId);
    return record === undefined ? [] : [{ eventId, event: record.event }];
  });
  return referencesTo(known, room.rules);
}
