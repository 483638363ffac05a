import { expect } from "chai";
import { ancestors } from "../../../src/matrix/dag/relations.js";
import {
  CycleError,
  type GraphNode,
  oneTopologicalOrder,
  topologicalOrders,
} from "../../../src/matrix/dag/topological.js";

function graph(links: Readonly<Record<string, string>>): GraphNode[] {
  return Object.entries(links).map(([name, prev]) => ({ name, prev: prev === "" ? [] : prev.split(" ") }));
}

const diamond = graph({ a: "", b: "a", c: "a", d: "b c" });
const loose = (count: number) => graph(Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, ""])));

describe("topologicalOrders", () => {
  it("gives every order, the one in which the nodes were given first", () => {
    const { orders, complete } = topologicalOrders(diamond, 10);
    expect(orders.map((order) => order.join(""))).to.eql(["abcd", "acbd"]);
    expect(complete).to.equal(true);
  });

  it("gives all permutations of nodes that do not depend on each other, none twice", () => {
    const { orders, complete } = topologicalOrders(loose(5), 1000);
    expect(new Set(orders.map(String)).size).to.equal(120);
    expect([orders.length, complete]).to.eql([120, true]);
  });

  it("stops at the limit and says so", () => {
    expect(topologicalOrders(loose(20), 7))
      .to.include({ complete: false })
      .property("orders")
      .with.length(7);
    expect(topologicalOrders(diamond, 2).complete).to.equal(true);
  });

  it("has one empty order for no nodes, and ignores nodes it was not given", () => {
    expect(topologicalOrders([], 5).orders).to.eql([[]]);
    expect(topologicalOrders(graph({ b: "gone a", a: "gone gone" }), 5).orders).to.eql([["a", "b"]]);
  });

  it("refuses circles", () => {
    const circle = graph({ a: "", b: "a c", c: "b" });
    expect(() => topologicalOrders(circle, 5)).to.throw(CycleError, "b, c");
    expect(() => oneTopologicalOrder(circle)).to.throw(CycleError, "b, c");
  });
});

describe("oneTopologicalOrder", () => {
  it("puts nodes after those before them, however they are given", () => {
    expect(oneTopologicalOrder(diamond.toReversed())).to.eql(["a", "c", "b", "d"]);
  });

  it("copes with long chains", () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => ({ name: `${i}`, prev: i === 0 ? [] : [`${i - 1}`] }));
    expect(oneTopologicalOrder(chain.toReversed()).at(-1)).to.equal("19999");
  });
});

describe("relations", () => {
  it("finds what comes before, through other nodes", () => {
    const nodes = [...diamond, ...graph({ e: "b" })];
    expect([...ancestors(nodes, "d")].sort()).to.eql(["a", "b", "c"]);
    expect([...ancestors(nodes, "gone")]).to.eql([]);
  });
});
