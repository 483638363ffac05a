import { expect } from "chai";
import { madeCases } from "../../../src/fuzz/resolver/made-sets.js";
import { resolutionOf, sameState } from "../../../src/fuzz/resolver/resolution-case.js";
import { stateKey } from "../../../src/matrix/state-map.js";

const cases = ["6", "12"].flatMap((version) =>
  Array.from({ length: 6 }, (_none, at) => madeCases(version, `${at}`)).flat(),
);

describe("fuzz/resolver/made-sets", () => {
  it("makes the same states for the same seed", () => {
    const ids = (seed: string) => madeCases("11", seed).map(({ states }) => states.map((state) => [...state.values()]));
    expect(ids("a")).to.deep.equal(ids("a"));
    expect(ids("a")).not.to.deep.equal(ids("b"));
  });

  it("makes three to eight states, each with a create event and none with a hole in its proof", () => {
    for (const { states, events } of cases) {
      expect(states.length).to.be.within(3, 8);
      for (const state of states) {
        expect(state.has(stateKey("m.room.create", ""))).to.equal(true);
        for (const [key, id] of state) {
          const event = events.get(id)?.event;
          expect(stateKey(event?.type ?? "", event?.state_key ?? "")).to.equal(key);
        }
      }
    }
  });

  it("makes disputes that the readings of the text settle differently, and takes events that were refused before", () => {
    const rejected = cases.filter(({ events }) => [...events.values()].some((event) => event.rejected));
    expect(rejected.length).to.be.greaterThan(0);
    const touched = cases.filter(
      (posed) => !sameState(resolutionOf(posed), resolutionOf(posed, { rejectedStayOut: true })),
    );
    expect(touched.length).to.be.greaterThan(0);
  });
});
