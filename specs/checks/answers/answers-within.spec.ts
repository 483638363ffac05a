import { answersWithin } from "../../../src/checks/answers/answers-within.js";
import { findingOn } from "../../support/evidence-view.js";
import { specExchange } from "../../support/exchanges.js";
import { expectFinding } from "../../support/judged-story.js";

const answeredAfter = (milliseconds: number) => {
  const answer = specExchange({ target: "/_matrix/client/v3/keys/query", answer: {} });
  return findingOn(answersWithin, { time: "2s" }, { answer: { ...answer, endedAt: answer.startedAt + milliseconds } });
};

describe("checks/answers-within", () => {
  it("holds up to the time, and not after it", () => {
    expectFinding(answeredAfter(2000), true, "200 after 2.0 s");
    expectFinding(answeredAfter(2001), false, "200 after 2.0 s");
    expectFinding(answeredAfter(9900), false, "200 after 9.9 s");
  });

  it("does not know where the step had no answer", () =>
    expectFinding(findingOn(answersWithin, { time: "2s" }, {}), "unknown", "the step recorded no response"));
});
