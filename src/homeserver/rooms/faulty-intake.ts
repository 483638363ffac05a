import { prevEventIds } from "../../matrix/events/references.js";
import type { EventId, Pdu } from "../../matrix/pdu.js";
import { type StateMap, stateKey } from "../../matrix/state-map.js";
import type { Core } from "../core.js";
import type { EventRecord } from "../parts.js";
import type { Judgement } from "./judge.js";
import type { StoredRoom } from "./stored-room.js";

/** The judgement on an event, where faults make that on the events before it count. */
export function ancestryAsSeenBy(core: Core, room: StoredRoom, event: Pdu, judgement: Judgement): Judgement {
  const before = prevEventIds(event).flatMap((id) => room.record(id) ?? []);
  if (core.has("rejection-is-inherited") && before.some(({ rejected }) => rejected)) {
    return { rejected: true, softFailed: false, reason: "an event before it was rejected" };
  }
  if (core.has("soft-failure-is-inherited") && before.some(({ softFailed }) => softFailed)) {
    return { rejected: judgement.rejected, softFailed: true, reason: "an event before it was soft-failed" };
  }
  return judgement;
}

/** The event for which a server takes another that has the same name but for the case of letters; undefined on a sound one. */
export function sameButForCase(core: Core, room: StoredRoom, eventId: EventId): EventRecord | undefined {
  if (!core.has("event-ids-without-case")) return undefined;
  return [...room.records()].find((record) => record.eventId.toLowerCase() === eventId.toLowerCase());
}

/** Whether a fault shows clients an event that they must not see. */
export function showsAllTheSame(core: Core, { rejected }: EventRecord): boolean {
  return rejected ? core.has("shows-rejected-events") : core.has("shows-soft-failed-events");
}

/** What new events follow by the server's faults, beside the forward extremities. */
export function followedByFault(core: Core, room: StoredRoom): readonly EventId[] {
  const [rejectedToo, hiddenToo] = [core.has("builds-on-rejected-events"), core.has("builds-on-soft-failed-events")];
  if (!rejectedToo && !hiddenToo) return [];
  const wrongly = [...room.records()].filter(
    ({ outlier, rejected, softFailed }) => !outlier && ((rejected && rejectedToo) || (softFailed && hiddenToo)),
  );
  return wrongly.map(({ eventId }) => eventId);
}

/** By a fault: the state after a rejected event as if it had been accepted, to be weighed where branches are joined. */
export function stateAlsoAfterRejected(core: Core, room: StoredRoom, id: EventId): StateMap | undefined {
  const record = room.record(id);
  const before = room.stateBefore(id);
  if (record?.rejected !== true || before === undefined || !core.has("weighs-what-its-proof-forbids")) return undefined;
  const { type, state_key: key } = record.event;
  return key === undefined ? before : new Map(before).set(stateKey(type, key), id);
}
