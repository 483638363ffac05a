import { expect } from "chai";
import { trialOf } from "../../../src/cli/mutants/choice.js";
import { smallScenario } from "../../support/small-run.js";

const DEFECT = { name: "drops-joins", summary: "Joins are dropped", requirement: "FED-JOIN-001" };
const naming = smallScenario("joining/a", [], { detects: [DEFECT.name] });
const others = ["joining/b", "events/a", "events/b", "events/c", "keys/far"].map((id) =>
  smallScenario(id, [], { roomVersions: ["10", "11", "12"] }),
);
const reach = ["joining/a", "joining/b", "events/a", "events/b", "events/c"].flatMap((scenario) => [
  { scenario, roomVersion: "10" },
  { scenario, roomVersion: "11" },
]);

const chosen = (seed: string, all = false) => trialOf(DEFECT, [naming, ...others], reach, { seed, all });

describe("cli/mutants/choice", () => {
  it("takes every scenario that names the defect, and of the others in reach one from each area", () => {
    const { named, others, leftOut } = chosen("one");
    expect(named).to.deep.equal([naming]);
    expect(others.map(({ id }) => id.split("/")[0])).to.deep.equal(["joining", "events"]);
    expect(leftOut).to.equal(2);
  });

  it("takes those that name the defect alone where it is not known what is in reach", () => {
    const {
      named,
      others: none,
      leftOut,
    } = trialOf(DEFECT, [naming, ...others], undefined, { seed: "one", all: false });
    expect(named).to.deep.equal([naming]);
    expect(none).to.deep.equal([]);
    expect(leftOut).to.equal(others.length);
  });

  it("takes every one in reach when told to, each with the last room version in which the defect is asked about", () => {
    const { others, leftOut } = chosen("one", true);
    expect(others.map(({ id }) => id)).to.deep.equal(["joining/b", "events/a", "events/b", "events/c"]);
    expect(new Set(others.map(({ roomVersions }) => String(roomVersions)))).to.deep.equal(new Set(["11"]));
    expect(leftOut).to.equal(0);
  });

  it("draws the same for the same seed, and in time everybody", () => {
    expect(chosen("one")).to.deep.equal(chosen("one"));
    const drawn = new Set(Array.from({ length: 40 }, (_, seed) => chosen(String(seed)).others[1]?.id));
    expect([...drawn].sort()).to.deep.equal(["events/a", "events/b", "events/c"]);
  });
});
