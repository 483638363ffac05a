import { expect } from "chai";
import { accountOfState, resolveState } from "../../../src/matrix/state-resolution/resolve.js";
import { ALICE, BOB, join, levels, membership, message, opening, Story, topic } from "../../support/story.js";

/** Bob, whose level is 50, sets the topic while Alice changes levels and then bans him. */
function quarrel(version: string) {
  const own = version === "12" ? {} : { [ALICE]: 100 };
  const story = new Story(version, [
    ...opening(version, { [BOB]: 50 }),
    join("bob", BOB, { prev: ["rules"] }),
    topic("topic", BOB, { prev: ["bob"] }),
    levels("up", ALICE, { ...own, [BOB]: 60 }, { prev: ["bob"] }),
    membership("ban", ALICE, BOB, "ban", { prev: ["up"] }),
    message("merge", ALICE, { prev: ["topic", "ban"] }),
  ]);
  const states = ["topic", "ban"].map((name) => story.outcome(name).stateAfter);
  return { story, input: { rules: story.rules, states, event: story.event } };
}

describe("matrix/state-resolution/account", () => {
  for (const version of ["1", "2", "11", "12"]) {
    it(`gives the same state as the plain resolution (room version ${version})`, () => {
      const { input } = quarrel(version);
      expect(accountOfState(input).resolved).to.deep.equal(resolveState(input));
    });
  }

  it("names what is in dispute, and whether a branch has nothing for it", () => {
    const { steps } = accountOfState(quarrel("11").input);
    const conflicts = steps.filter((step) => step.step === "conflict");
    expect(
      conflicts.map(({ key, candidates, absent }) => [key.split("\0")[0], candidates.length, absent]),
    ).to.have.deep.members([
      ["m.room.power_levels", 2, false],
      ["m.room.member", 2, false],
      ["m.room.topic", 1, true],
    ]);
  });

  it("tells the orders with the reason for each place", () => {
    const { steps } = accountOfState(quarrel("11").input);
    const orders = steps.filter((step) => step.step === "order");
    expect(
      orders.map(({ by, events }) => [by, events.map(({ eventId, because }) => [eventId, because])]),
    ).to.deep.equal([
      [
        "power",
        [
          ["$levels", "first"],
          ["$up", "rests-on-it"],
          ["$bob", "level"],
          ["$ban", "rests-on-it"],
        ],
      ],
      ["mainline", [["$topic", "first"]]],
    ]);
    expect(steps.find((step) => step.step === "mainline")?.events).to.deep.equal(["$up", "$levels"]);
  });

  it("holds the verdict of each check", () => {
    const { steps } = accountOfState(quarrel("11").input);
    const checks = steps.filter((step) => step.step === "check");
    expect(checks.map(({ eventId, verdict }) => [eventId, verdict.allowed, verdict.rule])).to.deep.equal([
      ["$levels", true, "FED-AR-067"],
      ["$up", true, "FED-AR-075"],
      ["$bob", true, "FED-AR-029"],
      ["$ban", true, "FED-AR-050"],
      ["$topic", false, "FED-AR-058"],
    ]);
  });

  it("tells of what version 12 puts back at the end", () => {
    const { steps } = accountOfState(quarrel("12").input);
    const back = steps.filter((step) => step.step === "put-back");
    expect(back.map(({ eventId }) => eventId)).to.include("$create");
  });

  it("tells of the unchecked first candidate and of depth in version 1", () => {
    const { steps } = accountOfState(quarrel("1").input);
    expect(steps.find((step) => step.step === "unchecked")).to.deep.include({ eventId: "$levels:x.example" });
    const order = steps.find((step) => step.step === "order");
    expect(order?.events.map(({ because }) => because)).to.deep.equal(["first", "depth"]);
  });

  it("has nothing to tell where the states do not differ", () => {
    const { story, input } = quarrel("11");
    const same = [story.outcome("bob").stateAfter, new Map(story.outcome("bob").stateAfter)];
    expect(accountOfState({ ...input, states: same }).steps).to.deep.equal([]);
  });
});
