/** A node of a history: its name and the names of the nodes right before it. Names of nodes not given are ignored. */
export interface GraphNode {
  readonly name: string;
  readonly prev: readonly string[];
}

/** Nodes that follow each other in a circle have no order. */
export class CycleError extends Error {
  readonly code = "CYCLE";

  constructor(readonly names: readonly string[]) {
    super(`these nodes follow each other in a circle, or come after one: ${names.join(", ")}`);
    this.name = "CycleError";
  }
}

interface Links {
  readonly next: ReadonlyMap<string, readonly string[]>;
  /** How many nodes before each are not in the order yet. */
  readonly waitingFor: Map<string, number>;
}

export interface TopologicalOrders {
  readonly orders: readonly (readonly string[])[];
  /** Whether these are all there are; otherwise the limit cut them off. */
  readonly complete: boolean;
}

/** One order in which every node follows those before it: nodes go as they become free, equals as they were given. Throws `CycleError`. */
export function oneTopologicalOrder(nodes: readonly GraphNode[]): string[] {
  const links = linksOf(nodes);
  const order = freeNodes(links);
  for (const name of order) order.push(...take(links, name));
  if (order.length === links.waitingFor.size) return order;
  throw new CycleError(notIn(order, links));
}

/** Every order in which every node follows those before it, at most `limit` of them. Throws `CycleError`. */
export function topologicalOrders(nodes: readonly GraphNode[], limit: number): TopologicalOrders {
  const links = linksOf(nodes);
  const count = links.waitingFor.size;
  const order: string[] = [];
  const orders: string[][] = [];
  const choices = [{ free: freeNodes(links), at: 0 }];
  for (let choice = choices.at(-1); choice !== undefined; choice = choices.at(-1)) {
    const name = choice.free[choice.at];
    if (order.length === count) {
      if (orders.length === limit) return { orders, complete: false };
      orders.push([...order]);
    } else if (choice.free.length === 0) {
      throw new CycleError(notIn(order, links));
    } else if (name !== undefined) {
      choice.at += 1;
      order.push(name);
      choices.push({ free: [...choice.free.filter((other) => other !== name), ...take(links, name)], at: 0 });
      continue;
    }
    choices.pop();
    const last = order.pop();
    if (last !== undefined) putBack(links, last);
  }
  return { orders, complete: true };
}

function linksOf(nodes: readonly GraphNode[]): Links {
  const next = new Map<string, string[]>(nodes.map((node) => [node.name, []]));
  const waitingFor = new Map<string, number>();
  for (const node of nodes) {
    const before = [...new Set(node.prev)].filter((name) => next.has(name));
    waitingFor.set(node.name, before.length);
    for (const name of before) next.get(name)?.push(node.name);
  }
  return { next, waitingFor };
}

function freeNodes({ waitingFor }: Links): string[] {
  return [...waitingFor].filter(([, count]) => count === 0).map(([name]) => name);
}

function notIn(order: readonly string[], { waitingFor }: Links): string[] {
  const placed = new Set(order);
  return [...waitingFor.keys()].filter((name) => !placed.has(name));
}

/** Puts a node into the order; the nodes that become free by it. */
function take({ next, waitingFor }: Links, name: string): string[] {
  return (next.get(name) ?? []).filter((later) => {
    const left = (waitingFor.get(later) ?? 0) - 1;
    waitingFor.set(later, left);
    return left === 0;
  });
}

function putBack({ next, waitingFor }: Links, name: string): void {
  for (const later of next.get(name) ?? []) waitingFor.set(later, (waitingFor.get(later) ?? 0) + 1);
}
