import { expect } from "chai";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { MissingEventError } from "../../../src/matrix/state-resolution/auth-graph.js";
import { resolveState } from "../../../src/matrix/state-resolution/resolve.js";
import { stateOf } from "../../support/bare-graph.js";
import { ALICE, BOB, CHARLIE, join, levels, membership, opening, Story } from "../../support/story.js";

describe("resolveState", () => {
  it("FED-SR2-011: a join that a ban's author needs comes before the ban", () => {
    const story = new Story("11", [
      ...opening("11", { [BOB]: 50 }),
      join("bob", BOB, { prev: ["rules"] }),
      join("charlie", CHARLIE, { prev: ["rules"] }),
      membership("ban", BOB, CHARLIE, "ban", { prev: ["bob", "charlie"] }),
      levels("levels2", ALICE, { [ALICE]: 100, [BOB]: 60 }, { prev: ["rules"] }),
    ]);
    const result = story.resolve(story.outcome("ban").stateAfter, story.outcome("levels2").stateAfter);
    expect([result.member(BOB), result.member(CHARLIE), result.levels]).to.eql(["bob", "ban", "levels2"]);
  });

  it("makes nothing of no states, and gives one state back", () => {
    const rules = roomVersionRules("11");
    const only = stateOf({ a: "1" });
    expect(resolveState({ rules, states: [], event: () => undefined }).size).to.equal(0);
    expect(resolveState({ rules, states: [only], event: () => undefined })).to.equal(only);
  });

  it("says which event of a state it was not given", () => {
    const states = [stateOf({ a: "gone" }), stateOf({})];
    for (const version of ["2", "12"]) {
      const resolve = () => resolveState({ rules: roomVersionRules(version), states, event: () => undefined });
      expect(resolve).to.throw(MissingEventError, "gone");
    }
  });
});
