import { expect } from "chai";
import { coverageProblems } from "../../src/cli/lint-coverage.js";
import { readRequirements } from "../../src/requirements/catalogue.js";
import { problemText } from "../../src/schema/problem.js";
import { asksVersion, owes, smallScenario } from "../support/small-run.js";

const row = (id: string, seenBy: string, reason = "") => `  - id: ${id}
    level: must
    text: Something
    anchor: appendices
    since: v1.1
    seen-by: [${seenBy}]
    room-versions: none
${reason === "" ? "" : `    not-tested:\n      code: ${reason}\n      reason: For a good cause\n`}`;

/** What is wrong with one row, which begins in line 5, when a scenario tests FED-API-901. */
function problems(...given: Parameters<typeof row>): readonly string[] {
  const text = `area: api\ncode: API\ntitle: Transport\nrequirements:\n${row(...given)}`;
  const requirements = readRequirements([{ file: "requirements/api.yaml", text }]);
  const tested = owes("server", "succeeds", {}, { requirement: "FED-API-901" });
  return coverageProblems(
    [...requirements.values()],
    [smallScenario("api/version", [asksVersion("asked", tested)])],
  ).map(problemText);
}

describe("cli/lint-coverage", () => {
  it("has no problem with what is tested, or says why not", () => {
    expect(problems("FED-API-901", "probe")).to.deep.equal([]);
    expect(problems("FED-API-902", "probe", "not-yet")).to.deep.equal([]);
    expect(problems("FED-API-902", "observation", "deployment")).to.deep.equal([]);
    expect(problems("FED-API-902", "static", "white-box")).to.deep.equal([]);
  });

  it("complains of a row that is neither tested nor explained", () => {
    expect(problems("FED-API-902", "probe")).to.deep.equal([
      "requirements/api.yaml:5:5: nothing tests FED-API-902: it needs a scenario, a passive check or a `not-tested`",
    ]);
  });

  it("complains of a reason that no longer holds, where it stands", () => {
    expect(problems("FED-API-901", "probe", "not-yet")).to.deep.equal([
      "requirements/api.yaml:12:5: FED-API-901 is tested by api/version: its `not-tested` has to go",
    ]);
    expect(problems("FED-API-008", "probe", "not-yet")[0]).to.match(/FED-API-008 is tested by [a-z-]+/);
  });

  it("complains when a reason and `seen-by` contradict each other", () => {
    expect(problems("FED-API-902", "probe", "white-box")).to.deep.equal([
      "requirements/api.yaml:12:5: `white-box` says that FED-API-902 cannot be seen from outside a server, `seen-by` that it can",
    ]);
    expect(problems("FED-API-902", "static", "not-yet")[0]).to.contain("could be tested from outside, `seen-by`");
    expect(problems("FED-API-901", "static")[0]).to.match(/:5:5: .*`seen-by` has to say what that looks at$/);
  });
});
