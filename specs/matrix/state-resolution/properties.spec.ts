import { expect } from "chai";
import fc from "fast-check";
import { resolveGraph } from "../../../src/matrix/dag/resolve-graph.js";
import { ROOM_VERSIONS } from "../../../src/matrix/room-versions.js";
import { type StateMap, stateKey } from "../../../src/matrix/state-map.js";
import { resolveState } from "../../../src/matrix/state-resolution/resolve.js";
import { naiveResolution } from "../../support/naive-resolution.js";
import { randomRoom, statesOf } from "../../support/random-room.js";
import type { Story } from "../../support/story.js";

const SEED = 20_260_101;
const RUNS = { seed: SEED, numRuns: 100 };
const V2_AND_LATER = ["2", "10", "11", "12", "12", "12"];

const rooms = randomRoom(ROOM_VERSIONS);

function resolved(story: Story, states: readonly StateMap[]): StateMap {
  return resolveState({ rules: story.rules, states, event: story.event });
}

function entries(state: StateMap): string[] {
  return [...state].map((entry) => entry.join(" = ")).sort();
}

describe("state resolution properties", () => {
  it("FED-SR2-031, FED-SR21-014: does not depend on the order of the states", () => {
    fc.assert(
      fc.property(rooms, fc.infiniteStream(fc.nat()), (story, order) => {
        const states = statesOf(story);
        const ranked = states.map((state) => ({ state, rank: order.next().value }));
        const shuffled = ranked.sort((a, b) => a.rank - b.rank).map(({ state }) => state);
        expect(entries(resolved(story, shuffled))).to.eql(entries(resolved(story, states)));
      }),
      RUNS,
    );
  });

  it("does not depend on repetition", () => {
    fc.assert(
      fc.property(rooms, (story) => {
        const states = statesOf(story);
        const repeated = [...states, ...states.map((state) => new Map(state))];
        expect(entries(resolved(story, repeated))).to.eql(entries(resolved(story, states)));
      }),
      RUNS,
    );
  });

  it("resolves a state with itself to itself, and so its own result", () => {
    fc.assert(
      fc.property(rooms, (story) => {
        const result = resolved(story, statesOf(story));
        expect(entries(resolved(story, [result, new Map(result)]))).to.eql(entries(result));
      }),
      RUNS,
    );
  });

  it("takes every entry from one of the states or their auth chains, and keeps what all agree on", () => {
    fc.assert(
      fc.property(rooms, (story) => {
        const states = statesOf(story);
        const result = resolved(story, states);
        for (const [key, id] of result) {
          const event = story.event(id)?.event;
          expect(stateKey(event?.type ?? "", event?.state_key ?? "")).to.equal(key);
        }
        for (const [key, id] of states[0] ?? []) {
          if (states.every((state) => state.get(key) === id)) expect(result.get(key)).to.equal(id);
        }
      }),
      RUNS,
    );
  });

  it("comes to what the definitions say when they are followed word for word", () => {
    fc.assert(
      fc.property(randomRoom(V2_AND_LATER), (story) => {
        const states = statesOf(story);
        expect(entries(resolved(story, states))).to.eql(entries(naiveResolution(story, states)));
      }),
      { ...RUNS, numRuns: 300 },
    );
  });

  it("resolveGraph comes to the same however the events are given", () => {
    fc.assert(
      fc.property(rooms, (story) => {
        const options = { rules: story.rules, signedBy: () => true };
        const told = resolveGraph(story.events, options);
        const turned = resolveGraph(story.events.toReversed(), options);
        for (const [id, outcome] of told) {
          expect(entries(turned.get(id)?.stateAfter ?? new Map())).to.eql(entries(outcome.stateAfter));
          expect(turned.get(id)?.rejected).to.equal(outcome.rejected);
        }
      }),
      { ...RUNS, numRuns: 60 },
    );
  });
});
