import { expect } from "chai";
import { planSlots } from "../../src/runner/slots.js";
import type { Scenario } from "../../src/scenario/model.js";
import type { PlannedInstance } from "../../src/scenario/plan.js";

type Preset = Scenario["preset"];

const MANY = () => false;

function planned(
  token: string,
  seating: Record<string, string>,
  preset: Preset = "testing",
  exclusive = false,
): PlannedInstance {
  const seats = Object.fromEntries(
    [...Object.keys(seating), "peer"].map((seat) => [
      seat,
      { kind: seat === "peer" ? ("peer" as const) : ("target" as const), allows: [], behaviours: [] },
    ]),
  );
  const scenario = { id: "a/b", preset, seats, exclusive } as unknown as Scenario;
  return { id: `a/b[${token}]`, scenario, token, seating, attempt: 1 };
}

describe("runner/slots", () => {
  const pair = planned("0000aaaaaa", { first: "synapse", second: "synapse" });

  it("starts as many copies as the fullest scenario needs", () => {
    expect(planSlots([planned("0000bbbbbb", { only: "synapse" })], MANY).slots).to.have.length(1);
    expect(planSlots([pair], MANY).slots.map(({ copy }) => copy)).to.deep.equal([1, 2]);
  });

  it("gives every seat of an instance a server of its own", () => {
    for (const token of ["0000000000", "0001000000", "00ff000000"]) {
      const instance = planned(token, { first: "synapse", second: "synapse" });
      const { slotOf } = planSlots([instance], MANY);
      expect(slotOf(instance, "first").copy).not.to.equal(slotOf(instance, "second").copy);
    }
  });

  it("spreads instances with one seat over all copies", () => {
    const singles = ["0000000000", "0001000000"].map((token) => planned(token, { only: "synapse" }));
    const { slotOf } = planSlots([pair, ...singles], MANY);
    expect(singles.map((one) => slotOf(one, "only").copy)).to.deep.equal([1, 2]);
  });

  it("keeps targets and presets apart", () => {
    const mixed = planned("0000cccccc", { first: "synapse", second: "embedded" });
    const shipped = planned("0000dddddd", { only: "synapse" }, "as-shipped");
    const { slots } = planSlots([mixed, shipped], MANY);
    expect(slots).to.have.deep.members([
      { target: "synapse", preset: "testing", apart: false, copy: 1 },
      { target: "embedded", preset: "testing", apart: false, copy: 1 },
      { target: "synapse", preset: "as-shipped", apart: false, copy: 1 },
    ]);
  });

  it("keeps copies for exclusive scenarios, as many as these need", () => {
    const single = planned("0000aaaaaa", { only: "synapse" });
    const exclusive = planned("0000eeeeee", { first: "synapse", second: "synapse" }, "testing", true);
    const { slots, isApart, slotOf } = planSlots([single, exclusive], MANY);
    expect(slots.map(({ apart, copy }) => ({ apart, copy }))).to.deep.equal([
      { apart: false, copy: 1 },
      { apart: true, copy: 1 },
      { apart: true, copy: 2 },
    ]);
    expect([single, exclusive].map(isApart)).to.deep.equal([false, true]);
    expect(slotOf(exclusive, "second")).to.deep.include({ apart: true, copy: 2 });
  });

  it("lets exclusive scenarios share a server of which there is one only", () => {
    const exclusive = planned("0000eeeeee", { first: "synapse", second: "deployed" }, "testing", true);
    const { slots, isApart } = planSlots([exclusive], (target) => target === "deployed");
    expect(isApart(exclusive)).to.equal(false);
    expect(slots.map(({ apart }) => apart)).to.deep.equal([false, false]);
  });

  it("knows no seat that nobody sits in", () => {
    expect(() => planSlots([pair], MANY).slotOf(pair, "peer")).to.throw("no target sits at peer");
  });
});
