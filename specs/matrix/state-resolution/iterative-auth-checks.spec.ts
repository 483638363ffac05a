import { expect } from "chai";
import type { StateMap } from "../../../src/matrix/state-map.js";
import { AuthGraph } from "../../../src/matrix/state-resolution/auth-graph.js";
import { iterativeAuthChecks } from "../../../src/matrix/state-resolution/iterative-auth-checks.js";
import { ALICE, BOB, CHARLIE, join, membership, opening, Story, topic } from "../../support/story.js";

describe("iterativeAuthChecks", () => {
  const told = [
    ...opening("11", { [BOB]: 50 }),
    join("bob", BOB, { prev: ["rules"] }),
    topic("topic", BOB, { prev: ["bob"] }),
    join("charlie", CHARLIE, { prev: ["bob"] }),
    membership("ban", ALICE, BOB, "ban", { prev: ["charlie"] }),
  ];
  const story = new Story("11", told);
  const names = (state: StateMap) => [...state.values()].map((id) => id.slice(1));
  const graph = (rejected?: string) =>
    new AuthGraph(story.rules, (id) => {
      const known = story.event(id);
      return known && { ...known, rejected: id === rejected };
    });

  it("FED-SR2-018: passes over a refused event and goes on", () => {
    const base = story.stateOf("create", "levels", "ban", "rules");
    const result = iterativeAuthChecks(graph(), base, ["$topic", "$charlie"]);
    expect(names(result)).to.eql(["create", "levels", "ban", "rules", "charlie"]);
  });

  it("FED-SR2-019: takes what the state lacks from the event's auth events", () => {
    expect(names(iterativeAuthChecks(graph(), new Map(), ["$topic"]))).to.eql(["topic"]);
  });

  it("FED-SR2-020: but not a rejected one", () => {
    for (const rejected of ["$bob", "$create"]) {
      expect(names(iterativeAuthChecks(graph(rejected), new Map(), ["$topic"]))).to.eql([]);
    }
  });
});
