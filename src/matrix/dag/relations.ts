import type { GraphNode } from "./topological.js";

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
