import { FINAL, type FuzzNode, founderOf, type RoomHistory, START } from "./history.js";
import { shrinkBy, type Way } from "./shrink-by.js";

/** How often a history is played to make it smaller. */
const MOST_PLAYS = 160;

/**
 * The smallest history found that still `differs`: nodes, users, servers, branches, odd times and parts of contents are left
 * out as long as the difference stays. The given history is known to differ.
 */
export function shrink(
  history: RoomHistory,
  differs: (smaller: RoomHistory) => Promise<boolean>,
): Promise<RoomHistory> {
  return shrinkBy(history, WAYS, { differs, most: MOST_PLAYS });
}

const WAYS: readonly Way<RoomHistory>[] = [
  withoutHalves,
  withoutSingles,
  plainDelivery,
  withoutUsers,
  onOneServer,
  withPlainTimes,
  withPlainContents,
  withFewerQuestions,
].map((way) => (history) => way(history).map((smaller) => () => smaller));

/** Without the first, the second, … part of the nodes, in parts of falling size. */
function withoutHalves(history: RoomHistory): RoomHistory[] {
  const names = history.nodes.map(({ name }) => name).filter((name) => name !== FINAL);
  const sizes = [Math.ceil(names.length / 2), Math.ceil(names.length / 4)].filter((size) => size > 1);
  return sizes.flatMap((size) => {
    const parts = Array.from({ length: Math.ceil(names.length / size) }, (_none, at) =>
      names.slice(at * size, (at + 1) * size),
    );
    return parts.map((part) => without(history, new Set(part)));
  });
}

function withoutSingles(history: RoomHistory): RoomHistory[] {
  return history.nodes.filter(({ name }) => name !== FINAL).map(({ name }) => without(history, new Set([name])));
}

/** The history without some nodes: what followed them follows what they followed. */
export function without(history: RoomHistory, dropped: ReadonlySet<string>): RoomHistory {
  const byName = new Map(history.nodes.map((node) => [node.name, node]));
  const standIns = (name: string): string[] => {
    if (!dropped.has(name)) return [name];
    return (byName.get(name)?.prev ?? [START]).flatMap(standIns);
  };
  const kept = history.nodes.filter(({ name }) => !dropped.has(name));
  const relinked = kept.map((node) => ({ ...node, prev: [...new Set(node.prev.flatMap(standIns))] }));
  const nodes = relinked.map((node) => ({ ...node, prev: withoutAncestors(node.prev, relinked) }));
  const stays = (name: string) => !dropped.has(name);
  return { ...history, nodes, delivery: history.delivery.filter(stays), asked: history.asked.filter(stays) };
}

/** Of these names, those that do not come before another of them. */
function withoutAncestors(names: readonly string[], nodes: readonly FuzzNode[]): readonly string[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const above = new Set<string>();
  const open = names.flatMap((name) => byName.get(name)?.prev ?? []);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (above.has(name)) continue;
    above.add(name);
    open.push(...(byName.get(name)?.prev ?? []));
  }
  return names.filter((name) => !above.has(name));
}

function plainDelivery(history: RoomHistory): RoomHistory[] {
  const delivery = history.nodes.map(({ name }) => name);
  return changed(history, { delivery });
}

function withoutUsers(history: RoomHistory): RoomHistory[] {
  const text = JSON.stringify([history.nodes, history.creation]);
  const founder = founderOf(history);
  const idle = Object.keys(history.cast).filter((user) => user !== founder && !mentions(text, user));
  return idle.map((user) => {
    const cast = Object.fromEntries(Object.entries(history.cast).filter(([name]) => name !== user));
    const users = Object.entries(history.powers.users ?? {}).filter(([key]) => key !== `\${${user}}`);
    const joined = history.joined.filter((name) => name !== user);
    return { ...history, cast, joined, powers: { ...history.powers, users: Object.fromEntries(users) } };
  });
}

function mentions(text: string, user: string): boolean {
  return text.includes(`\${${user}}`) || text.includes(`"by":"${user}"`);
}

function onOneServer(history: RoomHistory): RoomHistory[] {
  const cast = Object.fromEntries(Object.keys(history.cast).map((user) => [user, "north" as const]));
  return changed(history, { cast });
}

function withPlainTimes(history: RoomHistory): RoomHistory[] {
  const nodes = history.nodes.map((node, at) => ({ ...node, at: (at + 1) * 1000 }));
  return changed(history, { nodes });
}

/** Without members of contents that tell little: display names, and entries of power levels. */
function withPlainContents(history: RoomHistory): RoomHistory[] {
  return history.nodes.flatMap((node, at) => {
    const { displayname: _name, ...content } = node.content;
    if (content.membership === undefined || Object.keys(content).length === Object.keys(node.content).length) return [];
    return [{ ...history, nodes: history.nodes.with(at, { ...node, content }) }];
  });
}

function withFewerQuestions(history: RoomHistory): RoomHistory[] {
  if (history.asked.length === 1) return [];
  return [...history.asked].reverse().map((name) => ({ ...history, asked: [name] }));
}

/** The changed history, unless nothing changes. */
function changed(history: RoomHistory, change: Partial<RoomHistory>): RoomHistory[] {
  const next = { ...history, ...change };
  return JSON.stringify(next) === JSON.stringify(history) ? [] : [next];
}
