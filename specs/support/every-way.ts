import { expect } from "chai";
import { type GraphBase, resolveGraph } from "../../src/matrix/dag/resolve-graph.js";
import type { EventId } from "../../src/matrix/pdu.js";
import type { StateMap } from "../../src/matrix/state-map.js";
import type { Story } from "./story.js";

/** The entries of a state as comparable texts. */
export function entries(state: StateMap | undefined): string[] {
  return [...(state ?? new Map())].map((entry) => entry.join(" = ")).sort();
}

/**
 * Resolves a story's graph event after event, in two batches cut at this place, and all at once, and wants the same state after
 * and the same fate for each event (server-server-api#room-state-resolution).
 */
export function expectSameEveryWay(story: Story, cutAt: number): void {
  const options = { rules: story.rules, signedBy: () => true };
  const oneByOne = [...story.outcomes.values()];
  const atOnce = resolveGraph(story.events, options);
  const early = oneByOne.slice(0, cutAt);
  const base: GraphBase = {
    events: early.filter(({ rejected }) => !rejected),
    stateAfter: new Map<EventId, StateMap>(early.map(({ eventId, stateAfter }) => [eventId, stateAfter])),
  };
  const late = resolveGraph(story.events.slice(cutAt), { ...options, base });
  for (const [at, outcome] of oneByOne.entries()) {
    const ways = at < cutAt ? [atOnce] : [atOnce, late];
    for (const way of ways) {
      const other = way.get(outcome.eventId);
      expect(entries(other?.stateAfter)).to.deep.equal(entries(outcome.stateAfter));
      expect(other?.rejected).to.equal(outcome.rejected);
    }
  }
}
