import { eventIdOf } from "../../matrix/events/hashes.js";
import type { JsonObject } from "../../matrix/json.js";
import { roomVersionRules } from "../../matrix/room-versions.js";
import { stateKey } from "../../matrix/state-map.js";
import type { ClientParts } from "../client-api/client-parts.js";
import type { Requester } from "../client-api/request.js";
import type { OutsideMembership } from "../parts.js";
import { strippedEvent } from "./client-event.js";
import { type DeviceListDelta, deviceListDelta, keyCounts } from "./device-section.js";
import { joinedSection, leftSection, type SyncView, strippedState } from "./room-sections.js";
import { type SyncToken, writeHistoryToken, writeSyncToken } from "./sync-token.js";

export interface SyncRequest {
  readonly requester: Requester;
  /** Undefined for an initial sync. */
  readonly since?: SyncToken;
  readonly timeoutMs: number;
  readonly fullState: boolean;
  readonly timelineLimit: number;
  readonly signal: AbortSignal;
}

/** To-device messages in one answer (client-server-api#send-to-device-messaging). */
const TO_DEVICE_LIMIT = 100;
const LONGEST_POLL_MS = 60_000;
const NO_CHANGES: DeviceListDelta = { changed: [], left: [] };

type Sections = { [section in "join" | "invite" | "knock" | "leave"]: { [roomId: string]: JsonObject } };

/** Answers once there is something new, or when the time is up; an initial sync answers at once (client-server-api#syncing). */
export async function sync(parts: ClientParts, request: SyncRequest): Promise<JsonObject> {
  const { requester, since } = request;
  if (since !== undefined) parts.toDevice.acknowledge(requester.userId, requester.deviceId, since.toDevice);
  const deadline = Date.now() + Math.min(request.timeoutMs, LONGEST_POLL_MS);
  for (;;) {
    const { answer, empty } = syncOnce(parts, request);
    const left = deadline - Date.now();
    if (!empty || since === undefined || request.fullState || left <= 0) return answer;
    await parts.wakeups.wait(left, request.signal);
  }
}

interface Once {
  readonly answer: JsonObject;
  /** Nothing in it is news. */
  readonly empty: boolean;
}

function syncOnce(parts: ClientParts, request: SyncRequest): Once {
  const { requester, fullState, timelineLimit } = request;
  const { userId, deviceId } = requester;
  const since = request.since?.position ?? 0;
  const until = parts.context.rooms.position;
  const rooms = roomSections({ parts, requester, since, until, fullState, timelineLimit });
  const toDevice = parts.toDevice.waiting(userId, deviceId, request.since?.toDevice ?? 0, TO_DEVICE_LIMIT);
  const isInitial = request.since === undefined;
  const { changed, left } = isInitial ? NO_CHANGES : deviceListDelta(parts, userId, { since, until });
  const presence = parts.presence.changedSince(since, userId);
  const accountData = parts.accountData.changedSince(userId, since);
  const pieces = [toDevice.messages, changed, left, presence, accountData, ...Object.values(rooms).map(Object.keys)];
  const answer = {
    next_batch: writeSyncToken({ position: until, toDevice: toDevice.complete ? until : (toDevice.last ?? until) }),
    rooms,
    presence: { events: presence },
    account_data: { events: accountData },
    to_device: { events: toDevice.messages.map((message) => ({ ...message })) },
    device_lists: { changed: [...changed], left: [...left] },
    ...keyCounts(parts, userId, deviceId),
  };
  const keysChanged = parts.oneTimeKeys.changedAt(userId, deviceId) > since;
  return { answer, empty: !keysChanged && pieces.every((piece) => piece.length === 0) };
}

function roomSections(view: SyncView): Sections {
  const sections: Sections = { join: {}, invite: {}, knock: {}, leave: {} };
  for (const room of view.parts.context.rooms.ofUser(view.requester.userId)) {
    const id = room.currentState().get(stateKey("m.room.member", view.requester.userId));
    const member = id === undefined ? undefined : room.record(id);
    const membership = member?.event.content.membership;
    if (membership === "join") {
      const section = joinedSection(view, room);
      if (section !== undefined) sections.join[room.roomId] = section;
    } else if (member !== undefined && member.position > view.since) {
      const isInvite = membership === "invite";
      if (isInvite) sections.invite[room.roomId] = { invite_state: { events: strippedState(view, room, member) } };
      else if (membership === "knock")
        sections.knock[room.roomId] = { knock_state: { events: strippedState(view, room, member) } };
      else if (view.since > 0) sections.leave[room.roomId] = leftSection(view, room, member);
    }
  }
  addOutsideMemberships(view, sections);
  return sections;
}

/** Invites, knocks and rejections in rooms in which this server takes no part. */
function addOutsideMemberships(view: SyncView, sections: Sections): void {
  const { context } = view.parts;
  for (const outside of context.rooms.outside(view.requester.userId)) {
    const inside = context.rooms.get(outside.roomId)?.membership(view.requester.userId);
    if (outside.position <= view.since || inside === "join") continue;
    const whole = context.has("shows-whole-invite-state");
    const events = whole ? outside.strippedState : outside.strippedState.map(strippedEvent);
    if (outside.membership === "invite") sections.invite[outside.roomId] = { invite_state: { events } };
    else if (outside.membership === "knock") sections.knock[outside.roomId] = { knock_state: { events } };
    else if (view.since > 0) sections.leave[outside.roomId] = outsideLeave(view, outside);
  }
}

function outsideLeave(view: SyncView, outside: OutsideMembership): JsonObject {
  const { event, roomId, roomVersion } = outside;
  const shown = {
    ...strippedEvent(event),
    event_id: eventIdOf(event, roomVersionRules(roomVersion)),
    origin_server_ts: event.origin_server_ts,
    room_id: roomId,
  };
  return {
    timeline: { events: [shown], limited: false, prev_batch: writeHistoryToken(view.until + 1) },
    state: { events: [] },
    account_data: { events: [] },
  };
}
