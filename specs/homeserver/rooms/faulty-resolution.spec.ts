import { expect } from "chai";
import fc from "fast-check";
import { RESOLUTION_DEFECTS } from "../../../src/homeserver/defects/resolution-defects.js";
import { faultyChoice } from "../../../src/homeserver/rooms/faulty-resolution/choices.js";
import { faultySteps } from "../../../src/homeserver/rooms/faulty-resolution/faults.js";
import {
  firstVersionFault,
  resolveFirstVersion,
} from "../../../src/homeserver/rooms/faulty-resolution/first-version.js";
import { resolveBy, SOUND_STEPS } from "../../../src/homeserver/rooms/faulty-resolution/steps.js";
import type { StateMap } from "../../../src/matrix/state-map.js";
import { AuthGraph } from "../../../src/matrix/state-resolution/auth-graph.js";
import { resolveState } from "../../../src/matrix/state-resolution/resolve.js";
import { randomRoom, statesOf } from "../../support/random-room.js";
import type { Story } from "../../support/story.js";

/** Faults of which states are resolved and by which version, and not of a step. */
const OF_THE_WHOLE = [
  "resolves-branches-in-pairs",
  "resolves-all-like-version-1",
  "resolves-all-like-version-2",
  "weighs-what-its-proof-forbids",
];

const has = (wanted: string) => (defect: string) => defect === wanted;

describe("homeserver/rooms/faulty-resolution", () => {
  const byId = (story: Story) => new Map([...story.outcomes.values()].map((outcome) => [outcome.eventId, outcome]));
  const alike = (versions: readonly string[], resolve: (graph: AuthGraph, states: StateMap[]) => StateMap) =>
    fc.assert(
      fc.property(randomRoom(versions), (story) => {
        const known = byId(story);
        const event = (id: string) => known.get(id);
        const [states, { rules }] = [statesOf(story), story];
        const right = resolveState({ rules, states, event });
        expect(resolve(new AuthGraph(rules, event), states)).to.deep.equal(right);
      }),
      { numRuns: 60 },
    );

  it("resolves as the algorithm does where no step is replaced", () => {
    alike(["2", "6", "11", "12"], (graph, states) => resolveBy(SOUND_STEPS, graph, states));
  });

  it("resolves rooms of version 1 as the algorithm does without a fault", () => {
    alike(["1"], (graph, states) => resolveFirstVersion(graph, states, {}));
  });

  it("knows every fault, and nothing else", () => {
    const known = (name: string) =>
      OF_THE_WHOLE.includes(name) ||
      faultyChoice(has(name)) !== undefined ||
      faultySteps(has(name)) !== undefined ||
      firstVersionFault(has(name)) !== undefined;
    expect(RESOLUTION_DEFECTS.filter(({ name }) => !known(name))).to.deep.equal([]);
    expect(known("no-mainlines")).to.equal(false);
  });

  it("gives other states where a step is replaced", () => {
    const [story] = fc.sample(randomRoom(["11"], 14), { numRuns: 1, seed: 7 });
    if (story === undefined) throw new Error("no room was drawn");
    const known = byId(story);
    const steps = { ...SOUND_STEPS, finish: () => new Map() };
    expect(resolveBy(steps, new AuthGraph(story.rules, (id) => known.get(id)), statesOf(story)).size).to.equal(0);
  });
});
