import { expect } from "chai";
import { madeCases } from "../../../src/fuzz/resolver/made-sets.js";
import type { ResolutionCase } from "../../../src/fuzz/resolver/resolution-case.js";
import { shrinkCase } from "../../../src/fuzz/resolver/shrink-case.js";
import { stateKey } from "../../../src/matrix/state-map.js";

const [large] = madeCases("10", "shrink");
if (large === undefined) throw new Error("no case");
const LEVELS = stateKey("m.room.power_levels", "");

describe("fuzz/resolver/shrink-case", () => {
  it("keeps the entries that a difference needs, in two states, and their proofs", async () => {
    const [wanted] = large.states.map((state) => state.get(LEVELS));
    const differs = async ({ states }: ResolutionCase) => states.some((state) => state.get(LEVELS) === wanted);
    const smallest = await shrinkCase(large, differs);
    expect(smallest.states).to.have.length(2);
    expect(smallest.states.flatMap((state) => [...state.values()])).to.deep.equal([wanted]);
    expect(smallest.events.has(wanted ?? "")).to.equal(true);
    expect(smallest.events.size).to.be.lessThan(large.events.size);
  });

  it("gives the case as it is where nothing can go, after a bounded number of questions", async () => {
    let asked = 0;
    const never = async () => {
      asked += 1;
      return false;
    };
    expect(await shrinkCase(large, never)).to.equal(large);
    expect(asked).to.be.within(large.states.length, 400);
  });
});
