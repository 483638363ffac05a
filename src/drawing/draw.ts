import { ancestors } from "../matrix/dag/relations.js";
import { prevEventIds } from "../matrix/events/references.js";
import type { EventId, Pdu } from "../matrix/pdu.js";
import { inWords } from "./account-words.js";
import type { DrawnEvent, DrawnHistory, Fate } from "./drawn-history.js";
import type { ToldHistory } from "./told-history.js";

/** More than these make a drawing that nobody reads. */
export const EVENTS_DRAWN = 40;

/** The part of a drawing that these events rest upon, themselves with it. */
export function upTo({ events, left }: DrawnHistory, names: readonly string[]): DrawnHistory {
  const kept = new Set(names.flatMap((name) => [name, ...ancestors(events, name)]));
  return { events: events.filter(({ name }) => kept.has(name)), left };
}

/** What a name may not be: that of a drawing's own node for all that came before. */
const EARLIER = "(earlier)";

/**
 * The drawing of a history: the events that have a name, all that followed the first of them, and one node for what came before.
 * Of a long one the events nearest to those asked about, and what was not accepted. Where events are left out between two that
 * are drawn, the line says so.
 */
export function drawHistory(told: ToldHistory, asked: readonly EventId[] = []): DrawnHistory {
  const every = eventsOf(told);
  const worth = worthDrawing(told, every);
  const kept = worth.length <= EVENTS_DRAWN ? new Set(worth) : essential(told, worth, asked);
  const named = calls(
    told,
    [...every.keys()].filter((id) => kept.has(id)),
  );
  const older = new Set<EventId>();
  const overruled = new Map((asked.length === 0 ? [undefined] : asked).flatMap((id) => [...told.overruled(id)]));
  const events = [...named].map(([id, name]) => drawn(told, { id, name, named, older, overruled }));
  const left = worth.length - kept.size;
  if (older.size === 0) return { events, left };
  const words = older.size === 1 ? "One earlier event" : `${older.size} earlier events`;
  return { events: [{ name: EARLIER, words, kind: "earlier", fate: "accepted", prev: [] }, ...events], left };
}

/** All events: those with names first, in the teller's order, so that orders of arrival draw the same picture. */
function eventsOf({ material, arrivals, waiting }: ToldHistory): ReadonlyMap<EventId, Pdu> {
  const besides = (material.besides ?? []).map(({ eventId, event }) => [eventId, event] as const);
  const there = [...arrivals.values(), ...waiting].map(({ eventId, event }) => [eventId, event] as const);
  const events = new Map([...besides, ...there]);
  const named = [...material.names.keys()].flatMap((id) => {
    const event = events.get(id);
    return event === undefined ? [] : [[id, event] as const];
  });
  return new Map([...named, ...events]);
}

/** The named events and all that came after one of them. */
function worthDrawing({ material }: ToldHistory, every: ReadonlyMap<EventId, Pdu>): readonly EventId[] {
  const worth = new Set([...every.keys()].filter((id) => material.names.has(id)));
  for (let grown = true; grown; ) {
    grown = false;
    for (const [id, event] of every) {
      if (worth.has(id) || !prevEventIds(event).some((before) => worth.has(before))) continue;
      worth.add(id);
      grown = true;
    }
  }
  return [...worth];
}

/** The events asked about and what was not accepted, then by nearness to these. */
function essential(told: ToldHistory, worth: readonly EventId[], asked: readonly EventId[]): ReadonlySet<EventId> {
  const refused = worth.filter((id) => fateOf(told, id).fate !== "accepted");
  const kept = new Set([...asked, ...refused].filter((id) => worth.includes(id)).slice(0, EVENTS_DRAWN));
  const near = kept.size === 0 ? worth.slice(-1) : [...kept];
  const within = new Set(worth);
  for (const id of near) {
    if (kept.size >= EVENTS_DRAWN) break;
    kept.add(id);
    for (const before of prevEventIds(told.event(id) ?? NO_EVENT)) {
      if (within.has(before) && !near.includes(before)) near.push(before);
    }
  }
  return kept;
}

const NO_EVENT = { prev_events: [] } as unknown as Pdu;

/** What the events are called: by their names, or by numbers. */
function calls({ material }: ToldHistory, ids: readonly EventId[]): ReadonlyMap<EventId, string> {
  const nameless = ids.filter((id) => !material.names.has(id));
  return new Map(ids.map((id) => [id, material.names.get(id) ?? `#${nameless.indexOf(id) + 1}`]));
}

interface Place {
  readonly id: EventId;
  readonly name: string;
  readonly named: ReadonlyMap<EventId, string>;
  /** Grows by the events before the drawing. */
  readonly older: Set<EventId>;
  readonly overruled: ReadonlyMap<EventId, string>;
}

function drawn(told: ToldHistory, { id, name, named, older, overruled }: Place): DrawnEvent {
  const event = told.event(id);
  const rule = overruled.get(id);
  const { prev, through } = linesTo(told, id, named, older);
  return {
    name,
    words: told.wordsOf(id),
    kind: event?.state_key === undefined ? "message" : "state",
    ...fateOf(told, id),
    ...(rule === undefined ? {} : { overruled: rule }),
    prev,
    ...(through.length === 0 ? {} : { through }),
  };
}

function fateOf(told: ToldHistory, id: EventId): Pick<DrawnEvent, "fate" | "rule" | "reason"> {
  const arrival = told.arrivals.get(id);
  if (arrival === undefined) {
    const beside = told.material.besides?.find(({ eventId }) => eventId === id);
    return { fate: beside?.fate ?? "untold" };
  }
  const verdict = arrival.rejected ? arrival.verdict : arrival.softFailure;
  if (verdict === undefined || verdict.allowed) return { fate: "accepted" };
  const fate: Fate = arrival.rejected ? "rejected" : "soft-failed";
  return { fate, rule: verdict.rule, reason: inWords(verdict.reason, told.material) };
}

/** The drawn events before one: those right before it, and those beyond events that are not drawn. */
function linesTo(told: ToldHistory, id: EventId, named: ReadonlyMap<EventId, string>, older: Set<EventId>) {
  const direct = new Set<EventId>();
  const beyond = new Set<EventId>();
  const passed = new Set<EventId>();
  const open = prevEventIds(told.event(id) ?? NO_EVENT).map((before) => ({ before, first: true }));
  let ended = false;
  for (const { before, first } of open) {
    if (named.has(before)) (first ? direct : beyond).add(before);
    else if (!passed.has(before)) {
      passed.add(before);
      const next = prevEventIds(told.event(before) ?? NO_EVENT);
      open.push(...next.map((one) => ({ before: one, first: false })));
      ended ||= next.length === 0;
    }
  }
  const through = [...beyond].filter((one) => !direct.has(one)).flatMap((one) => named.get(one) ?? []);
  const fromStart = direct.size === 0 && beyond.size === 0 && ended;
  if (fromStart) for (const one of passed) older.add(one);
  const prev = [...[...direct].flatMap((one) => named.get(one) ?? []), ...through, ...(fromStart ? [EARLIER] : [])];
  return { prev, through };
}
