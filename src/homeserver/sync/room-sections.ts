import type { JsonObject } from "../../matrix/json.js";
import type { EventId } from "../../matrix/pdu.js";
import type { StateMap } from "../../matrix/state-map.js";
import { stateKey } from "../../matrix/state-map.js";
import type { ClientParts } from "../client-api/client-parts.js";
import type { Requester } from "../client-api/request.js";
import type { EventRecord, Room } from "../parts.js";
import { SHOWN_TYPES } from "../rooms/invite-state.js";
import { clientEvent, strippedEvent } from "./client-event.js";
import { eventIn, membershipIn, stateDifference } from "./room-state.js";
import { writeHistoryToken } from "./sync-token.js";
import { mayRead } from "./visibility.js";

/** For whom and for what span of positions a sync answer is made; `since` is 0 for an initial sync. */
export interface SyncView {
  readonly parts: ClientParts;
  readonly requester: Requester;
  readonly since: number;
  readonly until: number;
  readonly fullState: boolean;
  readonly timelineLimit: number;
}

interface Span {
  readonly timeline: readonly EventRecord[];
  readonly limited: boolean;
  /** The state that the client has. */
  readonly known: StateMap | undefined;
}

function showAll(view: SyncView, room: Room, records: readonly EventRecord[]): readonly JsonObject[] {
  const { userId, deviceId } = view.requester;
  const now = view.parts.context.options.now();
  return records.map((record) => {
    const transactionId = view.parts.transactions.idFor(record.eventId, userId, deviceId);
    return clientEvent(room, record, { now, ...(transactionId === undefined ? {} : { transactionId }) });
  });
}

/** What a user who is joined has not seen, or undefined when there is nothing. */
export function joinedSection(view: SyncView, room: Room): JsonObject | undefined {
  const { parts, requester, since } = view;
  const before = since === 0 ? undefined : parts.roomLog.stateAt(room.roomId, since);
  const wasJoined = before !== undefined && membershipIn(room, before, requester.userId) === "join";
  const known = wasJoined ? since : 0;
  const ephemeral = ephemeralEvents(view, room, known);
  const accountData = parts.accountData.changedSince(requester.userId, known, room.roomId);
  const quiet = wasJoined && !view.fullState && parts.roomLog.lastChange(room.roomId) <= since;
  const span = quiet ? undefined : spanOf(view, room, wasJoined ? before : undefined);
  const state = span === undefined ? [] : stateEvents(view, room, span);
  const timeline = span?.timeline ?? [];
  if (wasJoined && timeline.length + state.length + ephemeral.length + accountData.length === 0) return undefined;
  return {
    timeline: timelineOf(view, room, span),
    state: { events: state },
    ephemeral: { events: ephemeral },
    account_data: { events: accountData },
    summary: { "m.joined_member_count": room.joinedUsers().length },
    unread_notifications: { notification_count: 0, highlight_count: 0 },
  };
}

/** What a user who has left or was banned has not seen: everything up to that. */
export function leftSection(view: SyncView, room: Room, leave: EventRecord): JsonObject {
  const before = view.parts.roomLog.stateAt(room.roomId, view.since);
  const wasJoined = before !== undefined && membershipIn(room, before, view.requester.userId) === "join";
  const span = wasJoined
    ? spanOf({ ...view, until: leave.position }, room, before)
    : { timeline: [leave], limited: false, known: room.stateBefore(leave.eventId) };
  return {
    timeline: timelineOf(view, room, span),
    state: { events: stateEvents(view, room, span) },
    account_data: { events: [] },
  };
}

/** The stripped state of a room to which the user is invited, or on which the user knocked. */
export function strippedState(view: SyncView, room: Room, member: EventRecord): readonly JsonObject[] {
  const state = room.currentState();
  const events = SHOWN_TYPES.map((type) => eventIn(room, state, type));
  const sender =
    member.event.sender === view.requester.userId
      ? undefined
      : eventIn(room, state, "m.room.member", member.event.sender);
  return [...events, sender, member.event].flatMap((event) => (event === undefined ? [] : [strippedEvent(event)]));
}

function spanOf(view: SyncView, room: Room, known: StateMap | undefined): Span {
  const after = known === undefined ? Number.NEGATIVE_INFINITY : view.since;
  const fresh = room.timeline.filter(
    (record) =>
      record.position > after &&
      record.position <= view.until &&
      mayRead(room, record, view.requester.userId, view.parts.context.has),
  );
  const timeline = view.timelineLimit === 0 ? [] : fresh.slice(-view.timelineLimit);
  const more = fresh.length > timeline.length;
  const reachesBack = known === undefined && timeline[0]?.event.type !== "m.room.create";
  return { timeline, limited: more || reachesBack, known: view.fullState ? undefined : known };
}

function timelineOf(view: SyncView, room: Room, span: Span | undefined): JsonObject {
  const timeline = span?.timeline ?? [];
  return {
    events: showAll(view, room, timeline),
    limited: span?.limited ?? false,
    prev_batch: writeHistoryToken(timeline[0]?.position ?? view.until + 1),
  };
}

/** The state before the timeline, and what resolution changed beyond what the timeline's own events say. */
function stateEvents(view: SyncView, room: Room, span: Span): readonly JsonObject[] {
  const [first] = span.timeline;
  const last = view.parts.roomLog.stateAt(room.roomId, view.until) ?? room.currentState();
  const start = (first === undefined ? undefined : room.stateBefore(first.eventId)) ?? last;
  const shown = new Set<EventId>(span.timeline.map((record) => record.eventId));
  const applied = new Map(start);
  for (const record of span.timeline) {
    if (record.event.state_key !== undefined)
      applied.set(stateKey(record.event.type, record.event.state_key), record.eventId);
  }
  const wanted = new Map([...stateDifference(span.known, start), ...stateDifference(applied, last)]);
  const records = [...wanted.values()].filter((id) => !shown.has(id)).flatMap((id) => room.record(id) ?? []);
  return showAll(view, room, records);
}

function ephemeralEvents(view: SyncView, room: Room, since: number): readonly JsonObject[] {
  const { parts, requester } = view;
  const typing = parts.typing.changedSince(room.roomId, since);
  const receipts = parts.receipts.changedSince(room.roomId, since, requester.userId);
  return [
    ...(typing === undefined ? [] : [{ type: "m.typing", content: { user_ids: [...typing] } }]),
    ...receipts.map((content) => ({ type: "m.receipt", content })),
  ];
}
