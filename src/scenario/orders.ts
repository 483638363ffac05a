import { isJsonObject } from "../matrix/json.js";
import type { Scenario } from "./model.js";

/** More orders than this make no scenario: the graph is too wide to be tried in full. */
export const MOST_ORDERS = 24;

/**
 * Every order of delivery that a scenario asks for by `orders: all-topological`: those in which no event comes
 * before one that it follows. A single undefined when it asks for none. Throws a RangeError beyond `MOST_ORDERS`.
 */
export function ordersOf(scenario: Scenario): readonly (readonly string[] | undefined)[] {
  const call = [...scenario.given, ...scenario.steps].find((each) => each.arguments.orders === "all-topological");
  if (call === undefined) return [undefined];
  const events = Array.isArray(call.arguments.events) ? call.arguments.events.map(String) : [];
  const parents = parentsOf(scenario);
  const before = new Map(events.map((event) => [event, ancestors(event, parents)]));
  const orders: string[][] = [];
  extend([], events, before, orders);
  return orders;
}

function extend(
  sent: readonly string[],
  left: readonly string[],
  before: ReadonlyMap<string, ReadonlySet<string>>,
  orders: string[][],
): void {
  if (left.length === 0) orders.push([...sent]);
  if (orders.length > MOST_ORDERS) throw new RangeError(`the events can come in more than ${MOST_ORDERS} orders`);
  for (const next of left) {
    const waits = left.some((other) => other !== next && before.get(next)?.has(other) === true);
    if (!waits)
      extend(
        [...sent, next],
        left.filter((other) => other !== next),
        before,
        orders,
      );
  }
}

/** What each forged event follows: the events named by `prev`, or else all that were forged before it. */
function parentsOf({ given, steps }: Scenario): ReadonlyMap<string, readonly string[]> {
  const parents = new Map<string, readonly string[]>();
  for (const call of [...given, ...steps]) {
    const graph = call.arguments.events;
    if (!isJsonObject(graph)) continue;
    for (const [event, node] of Object.entries(graph)) {
      const prev = isJsonObject(node) && Array.isArray(node.prev) ? node.prev.map(String) : undefined;
      parents.set(event, prev ?? [...parents.keys()]);
    }
  }
  return parents;
}

function ancestors(event: string, parents: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const open = [...(parents.get(event) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(parents.get(next) ?? []));
  }
  return found;
}
