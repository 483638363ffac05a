import { expect } from "chai";
import { generateHistory } from "../../src/fuzz/generate.js";
import { FINAL, type RoomHistory, START } from "../../src/fuzz/history.js";
import { shrink, without } from "../../src/fuzz/shrink.js";

const history: RoomHistory = {
  roomVersion: "11",
  cast: { ann: "north", bob: "south", cara: "west" },
  joined: ["bob", "cara"],
  powers: { users: { "${ann}": 100, "${bob}": 50, "${cara}": 50 } },
  creation: {},
  nodes: [
    topic("a", "bob", [START], 7),
    topic("b", "cara", ["a"], 7),
    topic("c", "bob", [START], -500),
    topic("d", "bob", ["b", "c"], 9),
    { ...topic(FINAL, "ann", ["d"], 10), type: "m.room.message" },
  ],
  delivery: ["c", "a", "b", "d", FINAL],
  asked: ["d", FINAL],
};

function topic(name: string, by: string, prev: readonly string[], at: number) {
  return { name, by, type: "m.room.topic", key: "", content: { topic: name }, prev, at };
}

describe("fuzz/shrink", () => {
  it("drops a node and links those after it to those before it", () => {
    const smaller = without(history, new Set(["b"]));
    expect(smaller.nodes.find(({ name }) => name === "d")?.prev).to.deep.equal(["a", "c"]);
    expect(smaller.delivery).to.deep.equal(["c", "a", "d", FINAL]);
  });

  it("names nothing before a node that comes before another of the same", () => {
    const smaller = without(history, new Set(["c"]));
    expect(smaller.nodes.find(({ name }) => name === "d")?.prev).to.deep.equal(["b"]);
  });

  it("finds the two nodes that a difference needs, and leaves out everybody else", async () => {
    const differs = async ({ nodes }: RoomHistory) =>
      ["a", "c"].every((need) => nodes.some(({ name }) => name === need));
    const smallest = await shrink(history, differs);
    expect(smallest.nodes.map(({ name }) => name)).to.deep.equal(["a", "c", FINAL]);
    expect(smallest.nodes.at(-1)?.prev).to.deep.equal(["a", "c"]);
    expect(Object.keys(smallest.cast)).to.deep.equal(["ann", "bob"]);
    expect(new Set(Object.values(smallest.cast))).to.deep.equal(new Set(["north"]));
    expect(smallest.nodes.map(({ at }) => at)).to.deep.equal([1000, 2000, 3000]);
    expect(smallest.delivery).to.deep.equal(["a", "c", FINAL]);
    expect(smallest.asked).to.deep.equal([FINAL]);
  });

  it("keeps what the difference needs: a time, a server, an order", async () => {
    const differs = async ({ nodes, cast, delivery }: RoomHistory) =>
      nodes.some(({ at }) => at === -500) && cast.bob === "south" && delivery[0] === "c";
    const smallest = await shrink(history, differs);
    expect(smallest.nodes.map(({ name, at }) => [name, at])).to.deep.equal([
      ["c", -500],
      [FINAL, 10],
    ]);
    expect(smallest.cast).to.include({ bob: "south" });
  });

  it("gives the history as it is where nothing can go, after a bounded number of plays", async () => {
    let plays = 0;
    const large = generateHistory("12", "large");
    const never = async () => {
      plays += 1;
      return false;
    };
    expect(await shrink(large, never)).to.equal(large);
    expect(plays).to.be.within(large.nodes.length - 1, 200);
  });
});
