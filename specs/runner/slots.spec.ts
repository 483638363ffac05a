import { expect } from "chai";
import { planSlots } from "../../src/runner/slots.js";
import type { Scenario } from "../../src/scenario/model.js";
import type { PlannedInstance } from "../../src/scenario/plan.js";

type Preset = Scenario["preset"];

function planned(token: string, seating: Record<string, string>, preset: Preset = "testing"): PlannedInstance {
  const seats = Object.fromEntries(
    [...Object.keys(seating), "peer"].map((seat) => [
      seat,
      { kind: seat === "peer" ? ("peer" as const) : ("target" as const), allows: [], behaviours: [] },
    ]),
  );
  const scenario = { id: "a/b", preset, seats } as unknown as Scenario;
  return { id: `a/b[${token}]`, scenario, token, seating, attempt: 1 };
}

describe("runner/slots", () => {
  const pair = planned("0000aaaaaa", { first: "synapse", second: "synapse" });

  it("starts as many copies as the fullest scenario needs", () => {
    expect(planSlots([planned("0000bbbbbb", { only: "synapse" })]).slots).to.have.length(1);
    expect(planSlots([pair]).slots.map(({ copy }) => copy)).to.deep.equal([1, 2]);
  });

  it("gives every seat of an instance a server of its own", () => {
    for (const token of ["0000000000", "0001000000", "00ff000000"]) {
      const instance = planned(token, { first: "synapse", second: "synapse" });
      const { slotOf } = planSlots([instance]);
      expect(slotOf(instance, "first").copy).not.to.equal(slotOf(instance, "second").copy);
    }
  });

  it("spreads instances with one seat over all copies", () => {
    const singles = ["0000000000", "0001000000"].map((token) => planned(token, { only: "synapse" }));
    const { slotOf } = planSlots([pair, ...singles]);
    expect(singles.map((one) => slotOf(one, "only").copy)).to.deep.equal([1, 2]);
  });

  it("keeps targets and presets apart", () => {
    const mixed = planned("0000cccccc", { first: "synapse", second: "embedded" });
    const shipped = planned("0000dddddd", { only: "synapse" }, "as-shipped");
    const { slots } = planSlots([mixed, shipped]);
    expect(slots).to.have.deep.members([
      { target: "synapse", preset: "testing", copy: 1 },
      { target: "embedded", preset: "testing", copy: 1 },
      { target: "synapse", preset: "as-shipped", copy: 1 },
    ]);
  });

  it("knows no seat that nobody sits in", () => {
    expect(() => planSlots([pair]).slotOf(pair, "peer")).to.throw("no target sits at peer");
  });
});
