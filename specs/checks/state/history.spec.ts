import { expect } from "chai";
import { historyHolds } from "../../../src/checks/state/history.js";
import { describeCheck, JudgedStory } from "../../support/judged-story.js";

const read =
  (...events: readonly string[]) =>
  (story: JudgedStory) =>
    story.event("old", "$old").event("new", "$new").event("other", "$other").observe("history", { events });
const newestFirst = { events: ["new", "old"] };

describe("checks/history", () => {
  describeCheck(historyHolds, [
    ["the newest first, others between them", read("$x", "$new", "$other", "$old"), newestFirst, true, "as expected"],
    ["not what it must lack", read("$new", "$old"), { ...newestFirst, without: ["other"] }, true, "as expected"],
    ["one that is missing", read("$new"), newestFirst, false, "missing: old"],
    ["one that comes twice", read("$new", "$old", "$new"), newestFirst, false, "more than once: new"],
    ["the oldest first", read("$old", "$new"), newestFirst, false, "in another order"],
    [
      "what it must lack",
      read("$new", "$old", "$other"),
      { ...newestFirst, without: ["other"] },
      false,
      "unwanted: other",
    ],
    ["no history", (story) => story, newestFirst, "unknown", "the step read no history"],
  ]);

  it("blames no server for names that are bound to nothing", () => {
    const story = new JudgedStory().observe("history", { events: [] });
    expect(() => story.judge(historyHolds, newestFirst)).to.throw("new is not bound to an event");
  });
});
