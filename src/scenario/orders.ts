import { ancestors } from "../matrix/dag/relations.js";
import { type GraphNode, topologicalOrders } from "../matrix/dag/topological.js";
import { isJsonObject } from "../matrix/json.js";
import type { Scenario } from "./model.js";

/** More orders than this make no scenario: the graph is too wide to be tried in full. */
export const MOST_ORDERS = 24;

/**
 * Every order of delivery that a scenario asks for by `orders: all-topological`: those in which no event comes
 * before one that it follows. A single undefined when it asks for none. Throws a RangeError beyond `MOST_ORDERS`, and
 * CycleError.
 */
export function ordersOf(scenario: Scenario): readonly (readonly string[] | undefined)[] {
  const call = [...scenario.given, ...scenario.steps].find((each) => each.arguments.orders === "all-topological");
  if (call === undefined) return [undefined];
  const events = Array.isArray(call.arguments.events) ? call.arguments.events.map(String) : [];
  const graph = graphOf(scenario);
  // An event also waits for one that it follows by way of events that are not delivered.
  const delivered = events.map((name) => ({ name, prev: [...ancestors(graph, name)] }));
  const { orders, complete } = topologicalOrders(delivered, MOST_ORDERS);
  if (!complete) throw new RangeError(`the events can come in more than ${MOST_ORDERS} orders`);
  return orders;
}

/** What each forged event follows: the events named by `prev`, or else all that were forged before it. */
function graphOf({ given, steps }: Scenario): readonly GraphNode[] {
  const nodes = new Map<string, GraphNode>();
  for (const call of [...given, ...steps]) {
    const graph = call.arguments.events;
    if (!isJsonObject(graph)) continue;
    for (const [name, node] of Object.entries(graph)) {
      const prev = isJsonObject(node) && Array.isArray(node.prev) ? node.prev.map(String) : undefined;
      nodes.set(name, { name, prev: prev ?? [...nodes.keys()] });
    }
  }
  return [...nodes.values()];
}
