import { expect } from "chai";
import { requestsDuring } from "../../../src/checks/arrivals/requests-during.js";
import { NOW, ONE, TWO } from "../../support/exchanges.js";
import { JudgedStory, TOKEN } from "../../support/judged-story.js";

describe("checks/requests-during", () => {
  const target = `/_matrix/federation/v1/query/profile?user_id=@alice-${TOKEN}`;

  it("finds what a seat asked of another since the step began, and nothing else", () => {
    const story = new JudgedStory();
    const path = { from: ONE, to: TWO, target };
    story.exchange({ ...path, startedAt: NOW - 1 });
    const during = [story.exchange({ ...path, startedAt: NOW }), story.exchange({ ...path, startedAt: NOW + 1 })];
    story.exchange({ from: TWO, to: ONE, target, startedAt: NOW + 1 });
    story.answer({ from: ONE, to: ONE, target, startedAt: NOW });
    const found = requestsDuring(story.view(), "resident", "other");
    expect(found?.map(({ id }) => id)).to.deep.equal(during);
  });

  it("does not know when a step began that recorded no response", () => {
    const story = new JudgedStory();
    story.exchange({ from: ONE, to: TWO, target });
    expect(requestsDuring(story.view(), "resident", "other")).to.equal(undefined);
  });
});
