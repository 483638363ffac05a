import type { Arrival } from "../matrix/dag/arrivals.js";
import { prevEventIds } from "../matrix/events/references.js";
import type { EventId } from "../matrix/pdu.js";
import type { Reading } from "../matrix/state-resolution/resolve.js";
import type { Account } from "./answers.js";
import { FINAL, START } from "./history.js";
import type { RoomAuthor } from "./room-author.js";

/** A way to take the text that is not its own and is known to be in use. */
export interface OtherReading {
  readonly name: string;
  readonly reading: Reading;
  /** Events that only a rejected one follows stay forward extremities, and so part of the current state. */
  readonly staysBehindRejected: boolean;
}

/** Nobody is known to do one of these without the other. */
const INSIDE: Reading = { gathersInside: true, ordersInside: true };
const RESOLUTION: readonly (readonly [string, Reading])[] = [
  ["auth chains hold the state's own events", { chainsHoldState: true }],
  ["power events are ordered inside the conflicted set alone", INSIDE],
  [
    "auth chains hold the state's own events, and power events are ordered inside the conflicted set alone",
    { chainsHoldState: true, ...INSIDE },
  ],
];
const BEHIND = "events behind a rejected one stay extremities";

/** The other readings, those that depart least from the text first. */
export const OTHER_READINGS: readonly OtherReading[] = [
  { name: BEHIND, reading: {}, staysBehindRejected: true },
  ...RESOLUTION.map(([name, reading]) => ({ name, reading, staysBehindRejected: false })),
  ...RESOLUTION.map(([name, reading]) => ({ name: `${name}; ${BEHIND}`, reading, staysBehindRejected: true })),
];

/** What a server answers that is right by the text. */
export function oracleAccount(author: RoomAuthor, asked: ReadonlyMap<string, EventId>): Account {
  const ids = (name: string) => new Set(author.outcome(name).stateBefore.values());
  const states = new Map(
    [...asked.keys()].map((name) => [name, { state: ids(name), chain: author.authChain(ids(name)) }]),
  );
  const eventAuth = new Map([[FINAL, author.authChain([author.outcome(FINAL).eventId])]]);
  return { states, eventAuth, current: ids(FINAL) };
}

/** What a server answers that is right under another reading; `delivery` is the order of arrival. */
export function accountUnder(
  { reading, staysBehindRejected }: OtherReading,
  author: RoomAuthor,
  asked: ReadonlyMap<string, EventId>,
  delivery: readonly string[],
): Account {
  const other = author.underReading(reading);
  const account = oracleAccount(other, asked);
  if (!staysBehindRejected) return account;
  const current = other.stateBefore(extremitiesBehindRejected(other, delivery));
  return { ...account, current: new Set(current.values()) };
}

/** Names of the extremities where an event that follows a rejected one leaves those before it as they are. */
function extremitiesBehindRejected(author: RoomAuthor, delivery: readonly string[]): readonly string[] {
  const arrivals = author.arrivals(delivery);
  const extremities = new Set([author.outcome(START).eventId]);
  for (const name of delivery) {
    const arrival = arrivals.get(author.outcome(name).eventId);
    if (arrival === undefined || arrival.rejected || arrival.softFailed) continue;
    for (const id of passed(arrival, arrivals)) extremities.delete(id);
    extremities.add(arrival.eventId);
  }
  return [...extremities].map((id) => author.nameOf(id));
}

/** The events right before one, and those before such as came too late. */
function passed(arrival: Arrival, arrivals: ReadonlyMap<EventId, Arrival>): ReadonlySet<EventId> {
  const before = new Set(prevEventIds(arrival.event));
  for (const id of before) {
    const late = arrivals.get(id);
    if (late?.softFailed) for (const earlier of prevEventIds(late.event)) before.add(earlier);
  }
  return before;
}
