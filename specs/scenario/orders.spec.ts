import { expect } from "chai";
import { MOST_ORDERS, ordersOf } from "../../src/scenario/orders.js";
import { planInstances } from "../../src/scenario/plan.js";
import { parseScenario } from "../../src/scenario/read-scenario.js";
import { CATALOGUE, SCENARIO } from "../support/catalogue.js";

function scenarioWith(events: string, deliver: string) {
  const steps = `steps:\n  - { do: forge, room: hall, events: ${events} }\n  - { do: deliver, to: owner, ${deliver} }\n`;
  return parseScenario("scenarios/joining/refused.yaml", SCENARIO.replace("steps:\n", steps), CATALOGUE);
}

const FORK =
  "{ start: { by: june, prev: [] }, ban: { by: june, prev: [start] }, topic: { by: june, prev: [start] }, merge: { by: june, prev: [ban, topic] } }";

describe("scenario/orders", () => {
  it("has one unnamed order where none is asked for", () => {
    expect(ordersOf(scenarioWith(FORK, "events: [ban, topic]"))).to.deep.equal([undefined]);
  });

  it("finds every order in which no event comes before one it follows", () => {
    const scenario = scenarioWith(FORK, "events: [ban, topic, merge], orders: all-topological");
    expect(ordersOf(scenario)).to.deep.equal([
      ["ban", "topic", "merge"],
      ["topic", "ban", "merge"],
    ]);
  });

  it("follows through events that are not delivered", () => {
    const scenario = scenarioWith(FORK, "events: [merge, start], orders: all-topological");
    expect(ordersOf(scenario)).to.deep.equal([["start", "merge"]]);
  });

  it("takes an event without `prev` to follow all before it", () => {
    const scenario = scenarioWith("{ a: { by: june }, b: { by: june } }", "events: [b, a], orders: all-topological");
    expect(ordersOf(scenario)).to.deep.equal([["a", "b"]]);
  });

  it("gives each order an instance of its own", () => {
    const scenario = scenarioWith(FORK, "events: [ban, topic], orders: all-topological");
    const options = { targets: [{ name: "hs", roomVersions: ["10"] }], seed: "1", roomVersions: ["10"] };
    expect(planInstances([scenario], options).map(({ id }) => id)).to.deep.equal([
      "joining/refused[v10][owner=hs][ban>topic]",
      "joining/refused[v10][owner=hs][topic>ban]",
    ]);
  });

  it("refuses events that follow each other in a circle", () => {
    const circle = () =>
      scenarioWith(
        "{ a: { by: june, prev: [b] }, b: { by: june, prev: [a] } }",
        "events: [a, b], orders: all-topological",
      );
    expect(circle).to.throw("in a circle, or come after one: a, b");
  });

  it("refuses a graph too wide to be tried in full", () => {
    const events = ["a", "b", "c", "d", "e"];
    const nodes = `{ ${events.map((event) => `${event}: { by: june, prev: [] }`).join(", ")} }`;
    const wide = () => scenarioWith(nodes, `events: [${events.join(", ")}], orders: all-topological`);
    expect(wide).to.throw(`refused.yaml:13:1: the events can come in more than ${MOST_ORDERS} orders`);
  });
});
