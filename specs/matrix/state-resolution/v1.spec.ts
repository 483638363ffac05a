import { createHash } from "node:crypto";
import { expect } from "chai";
import {
  ALICE,
  BOB,
  CHARLIE,
  join,
  levels,
  membership,
  opening,
  Story,
  state,
  type Told,
  topic,
} from "../../support/story.js";

const sha1 = (name: string): string => createHash("sha1").update(`$${name}:x.example`).digest("hex");

/** The names in the order of their ids' SHA-1, lowest first. */
const bySha1 = (...names: string[]): string[] => names.sort((a, b) => (sha1(a) < sha1(b) ? -1 : 1));

const start = (users = {}): Told[] => [
  ...opening("1", users),
  join("bob", BOB, { prev: ["rules"] }),
  join("charlie", CHARLIE, { prev: ["bob"] }),
];

function merged(nodes: readonly Told[], ...tips: readonly string[]) {
  const story = new Story("1", nodes);
  return story.resolve(...tips.map((tip) => story.outcome(tip).stateAfter));
}

describe("state resolution v1", () => {
  it("FED-SR1-004: a key of one branch only is no conflict", () => {
    const told = [
      ...start(),
      state("name", ALICE, "m.room.name", "", {}, { prev: ["charlie"] }),
      topic("topic", ALICE, { prev: ["charlie"] }),
    ];
    const result = merged(told, "name", "topic");
    expect([result.at("m.room.name", ""), result.topic]).to.eql(["name", "topic"]);
  });

  it("FED-SR1-011, FED-SR1-014: the deepest topic wins, forged or not", () => {
    const told = [
      ...start({ [BOB]: 50 }),
      topic("deep", BOB, { prev: ["charlie"], depth: 5000 }),
      topic("late", ALICE, { prev: ["charlie"], ts: 999_999 }),
    ];
    expect(merged(told, "deep", "late").topic).to.equal("deep");
  });

  it("FED-SR1-011, FED-SR1-012: at one depth the lowest SHA-1 of the whole event id wins", () => {
    const names = ["t1", "t2", "t3", "t4"];
    const told = [...start(), ...names.map((name) => topic(name, ALICE, { prev: ["charlie"] }))];
    expect(merged(told, ...names).topic).to.equal(bySha1(...names)[0]);
    expect(merged(told, ...names.toReversed()).topic).to.equal(bySha1(...names)[0]);
  });

  it("FED-SR1-011: the deepest topic that is not allowed gives way to the next", () => {
    const users = { [ALICE]: 100, [BOB]: 50 };
    const told = [
      ...start({ [BOB]: 50 }),
      topic("byBob", BOB, { prev: ["charlie"], depth: 5000 }),
      topic("byAlice", ALICE, { prev: ["charlie"], depth: 40 }),
      levels("demoted", ALICE, { ...users, [BOB]: 0 }, { prev: ["byAlice"] }),
    ];
    expect(merged(told, "byBob", "byAlice").topic).to.equal("byBob");
    expect(merged(told, "byBob", "demoted").topic).to.equal("byAlice");
  });

  it("FED-SR1-007, FED-SR1-009: power levels apply by depth, each if the one before allows it", () => {
    const users = { [ALICE]: 100, [BOB]: 100 };
    const told = [
      ...start({ [BOB]: 100 }),
      levels("first", ALICE, { ...users, [CHARLIE]: 1 }, { prev: ["charlie"], depth: 50 }),
      levels("second", BOB, { ...users, [CHARLIE]: 2 }, { prev: ["charlie"], depth: 60 }),
    ];
    expect(merged(told, "first", "second").levels).to.equal("second");
  });

  it("FED-SR1-008: the first candidate is not checked", () => {
    const told = [
      ...start({ [BOB]: 100 }),
      levels("selfDemotion", BOB, { [ALICE]: 100, [BOB]: 0 }, { prev: ["charlie"], depth: 40 }),
      levels("byBob", BOB, { [ALICE]: 100, [BOB]: 100, [CHARLIE]: 1 }, { prev: ["charlie"], depth: 50 }),
    ];
    expect(merged(told, "selfDemotion", "byBob").levels).to.equal("selfDemotion");
  });

  it("FED-SR1-009: the first failure ends the pass, though a later one would pass", () => {
    const told = [
      ...start({ [BOB]: 99 }),
      levels("a", ALICE, { [ALICE]: 100, [BOB]: 0 }, { prev: ["charlie"], depth: 40 }),
      levels("b", BOB, { [ALICE]: 100, [BOB]: 99, [CHARLIE]: 1 }, { prev: ["charlie"], depth: 50 }),
      levels("c", ALICE, { [ALICE]: 100, [BOB]: 99, [CHARLIE]: 2 }, { prev: ["charlie"], depth: 60 }),
    ];
    expect(merged(told, "a", "b", "c").levels).to.equal("a");
  });

  it("FED-SR1-013: members are resolved each for themselves", () => {
    const told = [
      ...start(),
      membership("kickBob", ALICE, BOB, "leave", { prev: ["charlie"] }),
      membership("banCharlie", ALICE, CHARLIE, "ban", { prev: ["charlie"] }),
    ];
    const result = merged(told, "kickBob", "banCharlie");
    expect([result.member(BOB), result.member(CHARLIE)]).to.eql(["kickBob", "banCharlie"]);
  });
});
