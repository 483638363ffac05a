import { expect } from "chai";
import { generateHistory } from "../../src/fuzz/generate.js";
import { FINAL, founderOf, type RoomHistory, START } from "../../src/fuzz/history.js";
import { simulatedRoom, simulatedUser } from "../../src/fuzz/simulated-room.js";
import { toHistoryNode } from "../../src/fuzz/to-history-node.js";
import { ancestors } from "../../src/matrix/dag/relations.js";
import { roomVersionRules } from "../../src/matrix/room-versions.js";

const VERSIONS = ["2", "6", "8", "10", "11", "12"] as const;
const histories = VERSIONS.flatMap((version) =>
  Array.from({ length: 15 }, (_none, at) => generateHistory(version, `specs/${at}`)),
);

describe("fuzz/generate", () => {
  it("gives the same history for the same seed, and another for another", () => {
    expect(generateHistory("11", "a")).to.deep.equal(generateHistory("11", "a"));
    expect(generateHistory("11", "a")).not.to.deep.equal(generateHistory("11", "b"));
  });

  it("gives histories that can be built: each node after those that it names, the final one after all", () => {
    for (const history of histories) {
      const known = new Set([START]);
      for (const { name, prev } of history.nodes) {
        expect(prev).not.to.be.empty;
        for (const before of prev) expect(known.has(before), `${name} after ${before}`).to.equal(true);
        known.add(name);
      }
      const before = ancestors(history.nodes, FINAL);
      expect(history.nodes.filter(({ name }) => name !== FINAL && !before.has(name))).to.deep.equal([]);
      expect(build(history).outcome(FINAL).rejected).to.equal(false);
    }
  });

  it("delivers every node once, none before one that it follows", () => {
    for (const { nodes, delivery } of histories) {
      expect([...delivery].sort()).to.deep.equal(nodes.map(({ name }) => name).sort());
      const place = new Map(delivery.map((name, at) => [name, at]));
      for (const { name, prev } of nodes) {
        for (const before of prev) expect(place.get(before) ?? -1).to.be.lessThan(place.get(name) ?? -1);
      }
    }
  });

  it("asks about the final message and about merges", () => {
    for (const { nodes, asked } of histories) {
      expect(asked.at(-1)).to.equal(FINAL);
      const merges = nodes.filter(({ prev }) => prev.length > 1).map(({ name }) => name);
      expect([...merges, FINAL]).to.include.members([...asked]);
    }
  });

  it("touches neither the founder's standing nor the target's user", () => {
    for (const history of histories) {
      const founder = founderOf(history);
      const outcome = build(history).outcome(FINAL);
      expect(outcome.verdict.allowed, JSON.stringify(history)).to.equal(true);
      for (const { by, key, content } of history.nodes) {
        expect(`${key} ${JSON.stringify(content)}`).not.to.contain("${target}");
        if (by === founder && key === `\${${founder}}`) expect(content.membership).to.equal("join");
      }
    }
  });

  it("has forks, merges of several branches, equal and backdated times, acts that are refused", () => {
    const nodes = histories.flatMap((history) => history.nodes);
    const forks = histories.filter((history) =>
      [START, ...history.nodes.map(({ name }) => name)].some(
        (name) => history.nodes.filter(({ prev }) => prev.includes(name)).length > 1,
      ),
    );
    expect(forks.length).to.be.greaterThan(histories.length / 2);
    expect(nodes.some(({ prev }) => prev.length > 2)).to.equal(true);
    expect(nodes.some(({ at }) => at < -1000)).to.equal(true);
    expect(
      histories.some((history) => new Set(history.nodes.map(({ at }) => at)).size < history.nodes.length),
    ).to.equal(true);
    const refused = histories.filter((history) =>
      history.nodes.some(({ name }) => build(history).outcome(name).rejected),
    );
    expect(refused.length).to.be.greaterThan(histories.length / 4);
  });

  it("keeps to what the room version knows", () => {
    for (const { roomVersion, nodes } of histories) {
      const rules = roomVersionRules(roomVersion);
      const said = JSON.stringify(nodes.map(({ content }) => content));
      if (!rules.knock) expect(said).not.to.contain("knock");
      if (!rules.restricted) expect(said).not.to.contain("restricted");
      if (rules.powerLevels === "integers") expect(said).not.to.match(/"\$\{\w+\}":"/);
    }
    const all = JSON.stringify(histories);
    for (const word of ['"knock"', '"restricted"', '"knock_restricted"', "additional_creators"])
      expect(all).to.contain(word);
  });
});

function build(history: RoomHistory) {
  const author = simulatedRoom(history);
  for (const node of history.nodes) author.write(toHistoryNode(node, simulatedUser(history)), node.at);
  return author;
}
