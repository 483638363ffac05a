import { powerLevelsOf } from "../../../matrix/auth-rules/power-levels.js";
import { compareCodePoints } from "../../../matrix/code-points.js";
import type { EventId } from "../../../matrix/pdu.js";
import { type StateMap, stateKey } from "../../../matrix/state-map.js";
import type { AuthGraph } from "../../../matrix/state-resolution/auth-graph.js";

/** Which of two events comes first, below zero when the first; zero when it does not say. */
export type Order = (graph: AuthGraph, a: EventId, b: EventId) => number;

const LEVELS = stateKey("m.room.power_levels", "");

export const byTime: Order = (graph, a, b) => timeOf(graph, a) - timeOf(graph, b);
export const byTimeAsText: Order = (graph, a, b) => compareCodePoints(`${timeOf(graph, a)}`, `${timeOf(graph, b)}`);
export const byId: Order = (_graph, a, b) => compareCodePoints(a, b);

/** Greater level first, as the event's own auth events say. */
export const byLevel: Order = (graph, a, b) => descending(levelOf(graph, a), levelOf(graph, b));

/** As `byLevel`, but nobody has a level where no power levels are cited. */
export const byWrittenLevel: Order = (graph, a, b) => {
  const level = (id: EventId) => (levelsCitedBy(graph, id) === undefined ? 0 : levelOf(graph, id));
  return descending(level(a), level(b));
};

/** As `byLevel`, but a room's creators have 100 (which room version 12 put an end to). */
export const byLevelOfCreatorsAsOthers: Order = (graph, a, b) => {
  const level = (id: EventId) => (levelOf(graph, id) === Number.POSITIVE_INFINITY ? 100 : levelOf(graph, id));
  return descending(level(a), level(b));
};

/** Greater level first by one power levels event for all. */
export function byLevelIn(levels: EventId | undefined): Order {
  const level = (graph: AuthGraph, id: EventId) => levelBy(graph, id, levels);
  return (graph, a, b) => descending(level(graph, a), level(graph, b));
}

export function reversed(order: Order): Order {
  return (graph, a, b) => order(graph, b, a);
}

/** By the first order that says anything. */
export function sorted(graph: AuthGraph, ids: Iterable<EventId>, orders: readonly Order[]): EventId[] {
  return [...ids].sort((a, b) => orders.reduce((said, order) => said || order(graph, a, b), 0));
}

/** The same, but no event before one that it rests upon. */
export function sortedCausally(graph: AuthGraph, ids: ReadonlySet<EventId>, orders: readonly Order[]): EventId[] {
  const waiting = sorted(graph, ids, orders);
  const chains = new Map(waiting.map((id) => [id, graph.authChain([id])]));
  const ordered: EventId[] = [];
  while (waiting.length > 0) {
    const at = waiting.findIndex((id) => !waiting.some((other) => other !== id && chains.get(id)?.has(other)));
    ordered.push(...waiting.splice(Math.max(at, 0), 1));
  }
  return ordered;
}

/** The power levels event of least depth that some state holds. */
export function oldestLevels(graph: AuthGraph, states: readonly StateMap[]): EventId | undefined {
  const held = states.flatMap((state) => state.get(LEVELS) ?? []);
  return held.sort((a, b) => graph.event(a).event.depth - graph.event(b).event.depth)[0];
}

/** Larger mainline position first, by the mainline of a power levels event; what is not on it where `unrooted` says. */
export function byMainline(levels: EventId | undefined, unrooted = Number.POSITIVE_INFINITY): Order {
  const position = (graph: AuthGraph, id: EventId) => {
    const at = lineFrom(graph, levels);
    const found = lineFrom(graph, levelsCitedBy(graph, id)).find((passed) => at.includes(passed));
    return found === undefined ? unrooted : at.indexOf(found);
  };
  return (graph, a, b) => descending(position(graph, a), position(graph, b));
}

function lineFrom(graph: AuthGraph, levels: EventId | undefined): readonly EventId[] {
  const line: EventId[] = [];
  for (let id = levels; id !== undefined && !line.includes(id); id = levelsCitedBy(graph, id)) line.push(id);
  return line;
}

function timeOf(graph: AuthGraph, id: EventId): number {
  return graph.event(id).event.origin_server_ts;
}

function levelsCitedBy(graph: AuthGraph, id: EventId): EventId | undefined {
  return graph.authEvent(id, "m.room.power_levels", "")?.eventId;
}

function levelOf(graph: AuthGraph, id: EventId): number {
  return levelBy(graph, id, levelsCitedBy(graph, id));
}

function levelBy(graph: AuthGraph, id: EventId, levels: EventId | undefined): number {
  const event = levels === undefined ? undefined : graph.event(levels).event;
  return powerLevelsOf(event, graph.createOf(id)?.event, graph.rules).ofUser(graph.event(id).event.sender);
}

/** Levels may be infinite, so they are not subtracted. */
function descending(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1;
}
