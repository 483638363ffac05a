import { expect } from "chai";
import fc from "fast-check";
import { layoutHistory } from "../../src/drawing/layout.js";
import { rowsOf } from "../../src/drawing/ranks.js";
import { crossings, untangled } from "../../src/drawing/row-order.js";
import { CycleError, type GraphNode } from "../../src/matrix/dag/topological.js";

const SIZES = { nodeWidth: 100, nodeHeight: 40, gapX: 10, gapY: 20 };
const node = (name: string, ...prev: readonly string[]): GraphNode => ({ name, prev });
const FORK = [node("a"), node("b", "a"), node("c", "a"), node("d", "b", "c")];

/** A history of up to thirty nodes: each follows up to three of those before it. */
const histories = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 30 })
  .map((links) =>
    links.map((back, at) => node(`n${at}`, ...new Set(at === 0 ? [] : back.map((step) => `n${step % at}`)))),
  );

describe("drawing/layout", () => {
  it("puts branches side by side, and their merge below and between them", () => {
    const { places, width, height } = layoutHistory(FORK, SIZES);
    expect(Object.fromEntries(places)).to.deep.equal({
      a: { x: 105, y: 0 },
      b: { x: 50, y: 60 },
      c: { x: 160, y: 60 },
      d: { x: 105, y: 120 },
    });
    expect({ width, height }).to.deep.equal({ width: 210, height: 160 });
  });

  it("leads a line past the rows that it does not stop in", () => {
    const { lines, places } = layoutHistory([node("a"), node("b", "a"), node("c", "b", "a")], SIZES);
    const long = lines.find(({ from, to }) => from === "a" && to === "c");
    expect(long?.points).to.have.length(4);
    expect(long?.points.at(0)?.y).to.equal(40);
    expect(long?.points.at(-1)).to.deep.equal(places.get("c"));
    expect(long?.points[1]?.x).not.to.equal(places.get("b")?.x);
  });

  it("untangles lines that need not cross", () => {
    const rows = rowsOf([node("a"), node("b"), node("c", "b"), node("d", "a")]);
    expect(crossings(rows)).to.equal(1);
    expect(crossings(untangled(rows))).to.equal(0);
  });

  it("draws nothing of nothing, and refuses what follows itself", () => {
    expect(layoutHistory([], SIZES)).to.deep.include({ width: 0, height: 0, lines: [] });
    expect(() => layoutHistory([node("a", "b"), node("b", "a")], SIZES)).to.throw(CycleError);
  });

  it("lets time run down, nodes apart, and draws every line, whatever the history", () => {
    fc.assert(
      fc.property(histories, (nodes) => {
        const { places, lines, width, height } = layoutHistory(nodes, SIZES);
        const at = (name: string) => places.get(name) ?? { x: Number.NaN, y: Number.NaN };
        for (const { name, prev } of nodes) for (const before of prev) expect(at(before).y).to.be.below(at(name).y);
        for (const [index, one] of nodes.entries()) {
          expect(at(one.name).x).to.be.within(SIZES.nodeWidth / 2 - 1, width - SIZES.nodeWidth / 2 + 1);
          expect(at(one.name).y).to.be.at.most(height - SIZES.nodeHeight);
          for (const other of nodes.slice(index + 1)) {
            if (at(one.name).y !== at(other.name).y) continue;
            expect(Math.abs(at(one.name).x - at(other.name).x)).to.be.at.least(SIZES.nodeWidth);
          }
        }
        const drawn = lines.map(({ from, to }) => `${from} ${to}`).sort();
        expect(drawn).to.deep.equal(nodes.flatMap(({ name, prev }) => prev.map((from) => `${from} ${name}`)).sort());
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it("is a function of what it is given", () => {
    expect(layoutHistory(FORK, SIZES)).to.deep.equal(layoutHistory(structuredClone(FORK), SIZES));
  });
});
