import { expect } from "chai";
import { explainResults } from "../../../src/cli/examples/run-result.js";
import { ownRequirements } from "../../../src/cli/project.js";
import { mixedRun } from "../../report/fixtures.js";

const FORGED = "auth/banned-sender[v11][owner=harbour]";

describe("cli/examples/run-result", () => {
  const told = (id: string) => explainResults(mixedRun(), id, ownRequirements());

  it("tells what failed first, with the history, both answers and what decides", () => {
    const text = told("auth/banned-sender") ?? "";
    expect(text).to.match(/^FAIL auth\/banned-sender/u);
    expect(text.match(/^FAIL |^PASS /gmu)).to.have.length(1);
    for (const part of [
      "  Requirement: FED-AR-021 (MUST): ",
      "  Expected:    No member ever sees the event.",
      "  *      start: Tess joins",
      "  the topic: nothing; the server's answer: “Bob was here”, by “topic”",
      "“topic” is refused: Bob is not joined (FED-AR-021)  <- decides",
    ]) {
      expect(text).to.include(part);
    }
  });

  it("takes ids of expectations, instances and requirements too, and passes where nothing failed", () => {
    for (const id of [FORGED, `${FORGED}#banned/1`]) expect(told(id), id).to.match(/^FAIL /u);
    expect(told("FED-JOIN-006"))
      .to.match(/^PASS /u)
      .and.not.include("What happened");
  });

  it("knows nothing of what the run does not hold", () => {
    expect(told("keys/elsewhere")).to.equal(undefined);
  });
});
