import { expect } from "chai";
import fc from "fast-check";
import { resolveGraph } from "../../../src/matrix/dag/resolve-graph.js";
import { type StateMap, stateKey } from "../../../src/matrix/state-map.js";
import { accountOfState, type Reading, resolveState } from "../../../src/matrix/state-resolution/resolve.js";
import { entries, expectSameEveryWay } from "../../support/every-way.js";
import { naiveResolution } from "../../support/naive-resolution.js";
import { randomRoom, statesOf } from "../../support/random-room.js";
import { agreedUpon, replayed } from "../../support/replay.js";
import type { Story } from "../../support/story.js";

const SEED = 20_260_101;
const RUNS = { seed: SEED, numRuns: 100 };
const V2_AND_LATER = ["2", "10", "11", "12", "12", "12"];

/** Each algorithm as often as the others. */
const rooms = randomRoom(["1", "1", "1", "3", "8", "11", "12", "12", "12"]);

function resolved(story: Story, states: readonly StateMap[], reading: Reading = {}): StateMap {
  return resolveState({ rules: story.rules, states, event: story.event, reading });
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

  it("is the same again with fresh copies of everything", () => {
    fc.assert(
      fc.property(rooms, (story) => {
        const states = statesOf(story);
        const known = new Map([...story.outcomes.values()].map((one) => [one.eventId, structuredClone(one)]));
        const fresh = states.map((state) => new Map([...state].reverse()));
        const again = resolveState({ rules: story.rules, states: fresh, event: (id) => known.get(id) });
        expect(entries(again)).to.eql(entries(resolved(story, states)));
      }),
      RUNS,
    );
  });

  it("FED-SR2-017: is what the checks give when they are made again one by one", () => {
    fc.assert(
      fc.property(randomRoom(V2_AND_LATER), (story) => {
        const states = statesOf(story);
        const { state, contradicted } = replayed(story, states);
        expect(contradicted).to.eql([]);
        expect(entries(state)).to.eql(entries(resolved(story, states)));
      }),
      { ...RUNS, numRuns: 200 },
    );
  });

  it("has nothing disputed in it that no check allowed, but the unchecked first of version 1", () => {
    fc.assert(
      fc.property(rooms, (story) => {
        const states = statesOf(story);
        const { steps } = accountOfState({ rules: story.rules, states, event: story.event });
        const entered = new Set(
          steps.flatMap((step) =>
            step.step === "unchecked" || (step.step === "check" && step.verdict.allowed) ? [step.eventId] : [],
          ),
        );
        const agreed = agreedUpon(states);
        const only = (id: string) =>
          states.every((state) => [...state.values()].includes(id) || !holdsEntryOf(story, state, id));
        for (const [key, id] of resolved(story, states)) {
          const undisputed = agreed.get(key) === id || (story.rules.stateResolution === "v1" && only(id));
          if (!undisputed) expect(entered.has(id), `${key} = ${id}`).to.equal(true);
        }
      }),
      RUNS,
    );
  });

  it("FED-SR21-003: in version 12 power events are ordered alike by all links and by those inside the set", () => {
    fc.assert(
      fc.property(randomRoom(["12"], 20), (story) => {
        const states = statesOf(story);
        const inside = resolved(story, states, { gathersInside: true, ordersInside: true });
        expect(entries(inside)).to.eql(entries(resolved(story, states)));
      }),
      { ...RUNS, numRuns: 300 },
    );
  });

  it("comes to the same event by event, in batches and all at once", () => {
    fc.assert(
      fc.property(rooms, fc.nat(20), (story, cut) => {
        expectSameEveryWay(story, 5 + (cut % (story.outcomes.size - 5)));
      }),
      { ...RUNS, numRuns: 100 },
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

function holdsEntryOf(story: Story, state: StateMap, id: string): boolean {
  const event = story.event(id)?.event;
  return state.has(stateKey(event?.type ?? "", event?.state_key ?? ""));
}
