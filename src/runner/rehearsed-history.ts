import { namedEvent } from "../checks/state/room-history.js";
import { asName } from "../drawing/event-words.js";
import { type Beside, ToldHistory } from "../drawing/told-history.js";
import type { IdentifiedEvent } from "../matrix/events/references.js";
import { checkEventSignature } from "../matrix/events/sign.js";
import { serverNameOf } from "../matrix/identifiers.js";
import type { EventId, Pdu, ServerName } from "../matrix/pdu.js";
import { type RoomVersionRules, roomVersionRules } from "../matrix/room-versions.js";
import type { Scenario } from "../scenario/model.js";
import type { Rehearsal } from "./rehearsal.js";

/** A room in which a scenario's peers write events, as the rules make of it what the rehearsal left behind. */
export interface RehearsedHistory {
  readonly room: string;
  readonly rules: RoomVersionRules;
  readonly told: ToldHistory;
  /** Ids of named events. */
  readonly ids: ReadonlyMap<string, EventId>;
}

interface Written extends IdentifiedEvent {
  readonly name: string;
}

/** The histories of the rooms with events that peers write, in the scenario's order of delivery. */
export function rehearsedHistories(scenario: Scenario, rehearsal: Rehearsal): readonly RehearsedHistory[] {
  return [...rehearsal.bindings].flatMap(([room, value]) => {
    if (value.kind !== "room") return [];
    const history = historyOf(scenario, rehearsal, room);
    return history === undefined ? [] : [history];
  });
}

function historyOf(scenario: Scenario, rehearsal: Rehearsal, room: string): RehearsedHistory | undefined {
  const { bindings } = rehearsal;
  const bound = bindings.get(room);
  const rules = roomVersionRules(String(bound?.version));
  const named = [...bindings].flatMap(([name, value]) =>
    value.kind === "event" && value.room === room ? (namedEvent(name, value) ?? []) : [],
  );
  const written = named.flatMap(({ name, eventId, pdu }) => (pdu === undefined ? [] : [{ name, eventId, event: pdu }]));
  if (written.length === 0) return undefined;
  const forged = new Set(written.map(({ eventId }) => eventId));
  const known = knownEvents(rehearsal, String(bound?.roomId)).filter(({ eventId }) => !forged.has(eventId));
  const [valid, invalid] = parted(written, (one) => isSigned(rehearsal, one.event, rules));
  const told = new ToldHistory({
    options: { rules, signedBy: (event, server) => isSignedBy(rehearsal, event, rules, server) },
    events: [...known, ...inOrder(scenario, valid)],
    names: new Map(named.map(({ name, eventId }) => [eventId, name])),
    who: (userId) => asName(nameIn(rehearsal, userId) ?? userId),
    besides: invalid.map(({ eventId, event }): Beside => ({ eventId, event, fate: "invalid" })),
  });
  return { room, rules, told, ids: new Map(named.map(({ name, eventId }) => [name, eventId])) };
}

/** What servers know of a room in its place of the graph, each event once, those before it first. */
function knownEvents({ peers }: Rehearsal, roomId: string): readonly IdentifiedEvent[] {
  const records = [...peers.values()].flatMap((peer) => [
    ...(peer.homeserver.context.rooms.get(roomId)?.records() ?? []),
  ]);
  const events = new Map(records.map(({ eventId, event }) => [eventId, { eventId, event }]));
  return [...events.values()].sort((a, b) => a.event.depth - b.event.depth);
}

/** Those that the scenario delivers in the order of delivery, then the others as they were written. */
function inOrder({ given, steps }: Scenario, written: readonly Written[]): readonly Written[] {
  const delivered = [...given, ...steps].flatMap(({ do: verb, arguments: { events } }) =>
    verb === "deliver" && Array.isArray(events) ? events.map(String) : [],
  );
  const place = ({ name }: Written) => (delivered.includes(name) ? delivered.indexOf(name) : delivered.length);
  return [...written].sort((a, b) => place(a) - place(b));
}

function parted<T>(all: readonly T[], fits: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(fits), all.filter((one) => !fits(one))];
}

function isSigned(rehearsal: Rehearsal, event: Pdu, rules: RoomVersionRules): boolean {
  return isSignedBy(rehearsal, event, rules, serverNameOf(event.sender) ?? "");
}

function isSignedBy({ peers }: Rehearsal, event: Pdu, rules: RoomVersionRules, server: ServerName): boolean {
  const peer = [...peers.values()].find(({ serverName }) => serverName === server);
  const keys = peer === undefined ? [] : [peer.signingKey, ...(peer.retiredKey === undefined ? [] : [peer.retiredKey])];
  return keys.some(({ keyId, publicKey }) => checkEventSignature(event, rules, server, keyId, publicKey));
}

function nameIn({ instance }: Rehearsal, userId: string): string | undefined {
  return Object.entries(instance.cast).find(([, member]) => member.userId === userId)?.[0];
}
