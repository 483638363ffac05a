import type { GraphNode } from "./topological.js";

/** The nodes that no other node follows, in the order given (server-server-api#pdus). */
export function forwardExtremities(nodes: readonly GraphNode[]): string[] {
  const followed = new Set(nodes.flatMap((node) => node.prev));
  return nodes.map((node) => node.name).filter((name) => !followed.has(name));
}

/** The nodes from which one can come to this node, itself not included. */
export function ancestors(nodes: readonly GraphNode[], name: string): Set<string> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const found = new Set<string>();
  const open = [...(byName.get(name)?.prev ?? [])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const node = byName.get(at);
    if (node === undefined || found.has(at)) continue;
    found.add(at);
    open.push(...node.prev);
  }
  return found;
}

/** The nodes that come after this node, itself not included. */
export function descendants(nodes: readonly GraphNode[], name: string): Set<string> {
  const turned = new Map<string, string[]>();
  for (const node of nodes) {
    for (const before of node.prev) turned.set(before, [...(turned.get(before) ?? []), node.name]);
  }
  return ancestors(
    nodes.map((node) => ({ name: node.name, prev: turned.get(node.name) ?? [] })),
    name,
  );
}
