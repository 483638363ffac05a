import { expect } from "chai";
import {
  ALICE,
  BOB,
  CHARLIE,
  DAVE,
  join,
  joinRules,
  levels,
  membership,
  opening,
  type Resolved,
  Story,
} from "../../support/story.js";

const EVE = "@eve:e.example";

/**
 * A: rules (public) <- bob, charlie <- closed (by Alice) <- Alice leaves <- bob's and charlie's new profiles
 * One of the two states still has the old join rules.
 */
function problemA(version: string): Resolved {
  const story = new Story(version, [
    ...opening(version),
    join("bob", BOB, { prev: ["rules"] }),
    join("charlie", CHARLIE, { prev: ["bob"] }),
    joinRules("closed", ALICE, "invite", { prev: ["charlie"] }),
    membership("left", ALICE, ALICE, "leave", { prev: ["closed"] }),
    join("bob2", BOB, { prev: ["left"] }),
    join("charlie2", CHARLIE, { prev: ["left"] }),
  ]);
  return story.resolve(
    story.stateOf("create", "levels", "charlie", "closed", "left", "bob2"),
    story.stateOf("create", "levels", "rules", "bob", "left", "charlie2"),
  );
}

/**
 * B: levels <- bob, charlie <- levels1 (Alice promotes Bob) <- levels2 (Bob promotes Charlie) <- dave, eve
 * One of the two states still has the first levels; levels1 is in neither.
 */
function problemB(version: string): Resolved {
  const own = version === "12" ? {} : { [ALICE]: 100 };
  const story = new Story(version, [
    ...opening(version),
    join("bob", BOB, { prev: ["rules"] }),
    join("charlie", CHARLIE, { prev: ["bob"] }),
    levels("levels1", ALICE, { ...own, [BOB]: 50 }, { prev: ["charlie"] }),
    levels("levels2", BOB, { ...own, [BOB]: 50, [CHARLIE]: 50 }, { prev: ["levels1"] }),
    join("dave", DAVE, { prev: ["levels2"] }),
    join("eve", EVE, { prev: ["levels2"] }),
    join("eve2", EVE, { prev: ["eve"] }),
  ]);
  const common = ["create", "alice", "rules", "bob", "charlie"];
  return story.resolve(story.stateOf(...common, "levels", "eve2"), story.stateOf(...common, "levels2", "dave"));
}

describe("state resets", () => {
  it("FED-SR21-011: join rules survive their setter's leaving (version 12)", () => {
    const result = problemA("12");
    expect(result.rules).to.equal("closed");
    expect([result.member(ALICE), result.member(BOB), result.member(CHARLIE)]).to.eql(["left", "bob2", "charlie2"]);
  });

  it("FED-SR21-012: the latest of chained promotions survives (version 12)", () => {
    const result = problemB("12");
    expect(result.levels).to.equal("levels2");
    expect([result.member(DAVE), result.member(EVE)]).to.eql(["dave", "eve2"]);
  });

  for (const version of ["2", "11"]) {
    it(`FED-SR21-013: version ${version} loses the join rules`, () => {
      expect(problemA(version).rules).to.equal(undefined);
    });

    it(`FED-SR21-013: version ${version} falls back to the first power levels`, () => {
      expect(problemB(version).levels).to.equal("levels");
    });
  }
});
