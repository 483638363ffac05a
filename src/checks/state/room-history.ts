import { asName } from "../../drawing/event-words.js";
import { type Beside, ToldHistory } from "../../drawing/told-history.js";
import type { IdentifiedEvent } from "../../matrix/events/references.js";
import { serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject } from "../../matrix/json.js";
import type { EventId, Pdu, ServerName, UserId } from "../../matrix/pdu.js";
import { MissingEventError } from "../../matrix/state-resolution/resolve.js";
import { isSignedBy } from "../events/event-signatures.js";
import type { JudgeView } from "../view.js";
import type { RoomFacts } from "./room-events.js";
import { graphOfRoom } from "./state-oracle.js";

/** A name that a scenario gave to an event. `pdu`: as a peer wrote it. */
export interface NamedEvent {
  readonly name: string;
  readonly eventId: EventId;
  readonly pdu?: Pdu;
}

/** The history of a room as one server got it, with the names that the scenario has for its events; undefined when it has gaps. */
export function roomHistory(
  view: JudgeView,
  facts: RoomFacts,
  { server, named }: { readonly server: ServerName; readonly named: readonly NamedEvent[] },
): ToldHistory | undefined {
  const { events: travelled, options } = graphOfRoom(view, facts, server);
  const written = new Map(named.flatMap(({ eventId, pdu }) => (pdu === undefined ? [] : [[eventId, pdu] as const])));
  // A copy that was redacted on the way must not hide what its author wrote.
  const copies = travelled.map(({ eventId, event }) => ({ eventId, event: written.get(eventId) ?? event }));
  // What the server wrote itself it had before all that it heard of later.
  const isOwn = ({ event }: IdentifiedEvent) => serverNameOf(event.sender) === server;
  const events = [...copies.filter(isOwn), ...copies.filter((one) => !isOwn(one))];
  const valid = events.filter((one) => isValid(view, facts, one));
  const besides = besidesOf(written, valid, events);
  const names = new Map(named.toReversed().map(({ eventId, name }) => [eventId, name]));
  const ordered = new Map(named.map(({ eventId }) => [eventId, names.get(eventId) ?? eventId]));
  try {
    return new ToldHistory({ options, events: valid, names: ordered, who: nameOf(view), besides });
  } catch (error) {
    if (error instanceof MissingEventError) return undefined;
    throw error;
  }
}

/** Without the keys of its author's server nothing speaks against an event. */
function isValid(view: JudgeView, { rules }: RoomFacts, { event }: IdentifiedEvent): boolean {
  const server = serverNameOf(event.sender) ?? "";
  return view.serverKeys(server).size === 0 || isSignedBy(view, event, rules, server);
}

function besidesOf(
  written: ReadonlyMap<EventId, Pdu>,
  valid: readonly IdentifiedEvent[],
  travelled: readonly IdentifiedEvent[],
): readonly Beside[] {
  const there = new Set(valid.map(({ eventId }) => eventId));
  const sent = new Set(travelled.map(({ eventId }) => eventId));
  return [...written].flatMap(([eventId, event]) =>
    there.has(eventId) ? [] : [{ eventId, event, fate: sent.has(eventId) ? "invalid" : "unsent" } as const],
  );
}

/** People by their names in the scenario, written as names are; others by their ids. */
function nameOf({ instance }: JudgeView): (userId: UserId) => string {
  const names = new Map(Object.entries(instance.cast).map(([name, { userId }]) => [userId, asName(name)]));
  return (userId) => names.get(userId) ?? userId;
}

/** What a binding of an event says. */
export function namedEvent(name: string, value: { readonly [member: string]: unknown }): NamedEvent | undefined {
  const { eventId, pdu } = value;
  if (typeof eventId !== "string") return undefined;
  return { name, eventId, ...(isTellable(pdu) ? { pdu } : {}) };
}

/** Whether there is anything to tell of what a peer wrote: a malformed event has no words and no place in a history. */
function isTellable(pdu: unknown): pdu is Pdu {
  if (!isJsonObject(pdu)) return false;
  const { type, sender, content, prev_events: prev, auth_events: auth, state_key: key = "" } = pdu;
  const texts = [type, sender, key].every((value) => typeof value === "string");
  const references = [prev, auth].flat().every((value) => typeof value === "string" || Array.isArray(value));
  return texts && references && Array.isArray(prev) && Array.isArray(auth) && isJsonObject(content);
}
