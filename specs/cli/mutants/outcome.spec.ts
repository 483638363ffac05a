import { expect } from "chai";
import { type Cell, cellsOf, problemsOf } from "../../../src/cli/mutants/outcome.js";
import type { Verdict } from "../../../src/evidence/verdict.js";
import type { Defect } from "../../../src/homeserver/defects/defect.js";
import type { InstanceVerdicts, JudgedRequirement } from "../../../src/report/assemble/verdicts.js";

const DEFECT: Defect = { name: "drops-joins", summary: "Joins are dropped", requirement: "FED-JOIN-001" };
const ALSO = [{ scenarios: ["rooms/b", "leaving/*"], because: "nobody is in the room" }];

const result = (requirement: string, verdict: Verdict): JudgedRequirement => ({ id: "", requirement, verdict });

function ran(scenario: string, verdict: Verdict, ...expectations: readonly JudgedRequirement[]): InstanceVerdicts {
  return { instance: scenario, scenario, verdict, expectations };
}

function cells(scenarios: readonly InstanceVerdicts[], passive: readonly JudgedRequirement[] = []) {
  return cellsOf({ scenarios, passive }, DEFECT.requirement);
}

const problems = (row: { readonly [scenario: string]: Cell }, alsoBreaks = ALSO, complete = false) =>
  problemsOf({ ...DEFECT, alsoBreaks }, { named: ["joining/a"], cells: row, akin: new Set(["joining/kin"]), complete });

describe("cli/mutants/outcome", () => {
  it("tells the requirement that is meant from others, and a red verdict from one that says nothing", () => {
    const row = cells([
      ran("joining/a", "fail", result("FED-JOIN-001", "fail"), result("FED-JOIN-002", "pass")),
      ran("joining/b", "warn", result("FED-JOIN-002", "warn"), result("FED-JOIN-001", "inconclusive")),
      ran("joining/c", "inconclusive", result("FED-JOIN-001", "inconclusive")),
      ran("joining/d", "error", result("FED-JOIN-002", "fail"), result("FED-JOIN-003", "error")),
      ran("joining/e", "pass", result("FED-JOIN-001", "pass")),
    ]);
    expect(Object.values(row)).to.deep.equal(["caught", "red", "open", "error", "green"]);
  });

  it("keeps of several instances the one that says most", () => {
    const green = ran("joining/a", "pass", result("FED-JOIN-001", "pass"));
    const red = ran("joining/a", "fail", result("FED-JOIN-001", "fail"));
    expect(cells([green, red, green])).to.deep.equal({ "joining/a": "caught" });
  });

  it("counts a passive finding for all scenarios that were played together", () => {
    const green = [ran("joining/a", "pass", result("FED-JOIN-002", "pass"))];
    const passive = [result("FED-JOIN-001", "fail")];
    expect(cells(green, passive)).to.deep.equal({ "joining/a": "caught" });
    expect(cells(green, [result("FED-JOIN-002", "fail")])).to.deep.equal({ "joining/a": "green" });
  });

  it("has no problem with a defect that is caught, and whose side effects are listed", () => {
    expect(
      problems({ "joining/a": "caught", "rooms/b": "red", "leaving/c": "caught", "events/d": "open" }),
    ).to.deep.equal([]);
  });

  it("complains of a defect that is not caught, or not by each scenario that names it", () => {
    expect(problems({ "joining/a": "green" })).to.deep.equal([
      "no scenario notices that drops-joins breaks FED-JOIN-001",
      "joining/a names drops-joins but does not turn red",
    ]);
    expect(problems({ "joining/a": "red" })).to.have.length(1);
    expect(problemsOf(DEFECT, { named: [], cells: {}, akin: new Set(), complete: true })).to.deep.equal([
      "no scenario names drops-joins in its `detects`",
    ]);
  });

  it("complains of scenarios that turn red unlisted, and of our own errors", () => {
    expect(
      problems({ "joining/a": "caught", "events/d": "red", "events/e": "caught", "events/f": "error" }),
    ).to.deep.equal([
      "drops-joins turns events/d red, which is about other things: list it in `alsoBreaks`",
      "events/e turns red for what drops-joins breaks, and does not name it in its `detects`",
      "drops-joins makes Concordat itself fail in events/f",
    ]);
  });

  it("lets scenarios of the same area find more than one thing broken, and still wants the requirement itself named", () => {
    expect(problems({ "joining/a": "caught", "joining/kin": "red" })).to.deep.equal([]);
    expect(problems({ "joining/a": "caught", "joining/kin": "caught" })).to.have.length(1);
  });

  it("complains of side effects that there are none of, once every scenario was tried", () => {
    const row = { "joining/a": "caught", "rooms/b": "green", "leaving/c": "red" } as const;
    expect(problems(row)).to.deep.equal([]);
    expect(problems(row, ALSO, true)).to.deep.equal([
      "drops-joins lists rooms/b in `alsoBreaks`, which it does not break",
    ]);
  });
});
