import { expect } from "chai";
import { type Arrival, asTheyCanBePlaced, playArrivals } from "../../../src/matrix/dag/arrivals.js";
import { UnknownNodeError } from "../../../src/matrix/dag/history.js";
import { resolveGraph } from "../../../src/matrix/dag/resolve-graph.js";
import { topologicalOrders } from "../../../src/matrix/dag/topological.js";
import { prevEventIds } from "../../../src/matrix/events/references.js";
import { MissingEventError } from "../../../src/matrix/state-resolution/resolve.js";
import { ALICE, BOB, CHARLIE, join, levels, membership, message, opening, Story, topic } from "../../support/story.js";

const told = [
  ...opening("11", { [BOB]: 50 }),
  join("bob", BOB, { prev: ["rules"] }),
  membership("ban", ALICE, BOB, "ban", { prev: ["bob"] }),
  topic("evading", BOB, { prev: ["bob"] }),
  message("merge", ALICE, { prev: ["ban", "evading"] }),
];
const story = new Story("11", told);
const options = { rules: story.rules, signedBy: () => true };

function play(...names: readonly string[]): Map<string, Arrival> {
  const events = names.map((name) => story.outcome(name));
  return new Map(playArrivals(events, options).map((arrival) => [arrival.eventId.slice(1), arrival]));
}

const start = ["create", "alice", "levels", "rules", "bob"];

describe("asTheyCanBePlaced", () => {
  const named = (...names: readonly string[]) => names.map((name) => story.outcome(name));
  const names = (events: readonly { readonly eventId: string }[]) => events.map(({ eventId }) => eventId.slice(1));

  it("keeps the order but where an event came before what it refers to", () => {
    const { placed, waiting } = asTheyCanBePlaced(
      named("create", "merge", "alice", "rules", "levels", "bob", "ban", "evading"),
    );
    expect(names(placed)).to.deep.equal(["create", "alice", "levels", "rules", "bob", "ban", "evading", "merge"]);
    expect(waiting).to.deep.equal([]);
  });

  it("tells what lacks something, and all that follows it", () => {
    const { placed, waiting } = asTheyCanBePlaced(named(...start, "evading", "merge"));
    expect(names(placed)).to.deep.equal([...start, "evading"]);
    expect(names(waiting)).to.deep.equal(["merge"]);
  });

  it("begins upon a base, of which other known states are no ends", () => {
    const base = {
      events: named("create", "alice", "levels", "rules"),
      stateAfter: new Map([
        ["$rules", story.outcome("rules").stateAfter],
        ["$elsewhere", story.outcome("ban").stateAfter],
      ]),
    };
    const { placed, waiting } = asTheyCanBePlaced(named("bob", "ban", "alice"), base);
    expect(names(placed)).to.deep.equal(["bob", "ban"]);
    expect(names(waiting)).to.deep.equal(["alice"]);
    const [bob] = playArrivals(placed, { ...options, base });
    expect(bob).to.deep.include({ softFailed: false, extremities: ["$bob"] });
  });
});

describe("playArrivals", () => {
  it("FED-REJ-006, FED-REJ-007: an event that evades a ban soft-fails and is not an extremity", () => {
    const arrivals = play(...start, "ban", "evading");
    expect(arrivals.get("evading")).to.include({ rejected: false, softFailed: true });
    expect(arrivals.get("evading")?.extremities).to.eql(["$ban"]);
  });

  it("FED-REJ-008: the same event is sound at a server that has not seen the ban", () => {
    const arrivals = play(...start, "evading", "ban");
    expect(arrivals.get("evading")?.softFailed).to.equal(false);
    expect(arrivals.get("ban")?.extremities).to.eql(["$evading", "$ban"]);
    expect(story.named(arrivals.get("ban")?.currentState ?? new Map())).to.include({ topic: undefined });
  });

  it("FED-REJ-010: an event that follows it is handled as usual", () => {
    const arrivals = play(...start, "ban", "evading", "merge");
    expect(arrivals.get("merge")).to.include({ rejected: false, softFailed: false });
    expect(arrivals.get("merge")?.extremities).to.eql(["$merge"]);
  });

  it("FED-SR2-031: every order of arrival ends with one current state", () => {
    const nodes = story.events.map(({ eventId, event }) => ({
      name: eventId.slice(1),
      prev: prevEventIds(event).map((id) => id.slice(1)),
    }));
    for (const order of topologicalOrders(nodes, 50).orders) {
      const last = [...play(...order).values()].at(-1);
      expect(last?.currentState).to.eql(story.outcome("merge").stateBefore);
    }
  });
});

describe("resolveGraph", () => {
  it("FED-REJ-004: a rejected state event leaves the state as it was, and later events may follow it", () => {
    const refused = new Story("11", [
      ...opening("11"),
      join("bob", BOB, { prev: ["rules"] }),
      topic("refused", BOB, { prev: ["bob"] }),
      message("after", BOB, { prev: ["refused"] }),
    ]);
    const outcomes = resolveGraph(refused.events, options);
    expect(outcomes.get("$refused")).to.include({ rejected: true, failed: "auth-events" });
    expect(outcomes.get("$refused")?.verdict).to.include({ rule: "FED-AR-060" });
    expect(outcomes.get("$after")).to.include({ rejected: false });
    expect(refused.named(outcomes.get("$after")?.stateBefore ?? new Map()).topic).to.equal(undefined);
  });

  it("FED-REJ-005: an event that cites a rejected one is rejected", () => {
    const refused = new Story("11", [
      ...opening("11"),
      join("bob", BOB, { prev: ["rules"] }),
      levels("coup", BOB, { [BOB]: 100 }, { prev: ["bob"] }),
      topic("topic", BOB, { prev: ["coup"] }),
    ]);
    const events = refused.events.map(({ eventId, event }) => {
      if (eventId !== "$topic") return { eventId, event };
      return { eventId, event: { ...event, auth_events: ["$create", "$coup", "$bob"] } };
    });
    expect(resolveGraph(events, options).get("$topic")?.verdict).to.include({ rule: "FED-AR-011" });
  });

  it("FED-PDU-006, FED-PDU-009: auth events may allow what the state before refuses", () => {
    const late = new Story("11", [...told, message("banned", BOB, { prev: ["ban"] })]);
    const events = late.events.map(({ eventId, event }) => {
      if (eventId !== "$banned") return { eventId, event };
      return { eventId, event: { ...event, auth_events: ["$create", "$levels", "$bob"] } };
    });
    const outcome = resolveGraph(events, options).get("$banned");
    expect(outcome).to.include({ rejected: true, failed: "state-before" });
    expect(outcome?.verdict).to.include({ rule: "FED-AR-058" });
  });

  it("goes on from a state known beforehand", () => {
    const known = ["create", "alice", "levels", "rules", "bob"].map((name) => story.outcome(name));
    const rest = ["ban", "evading", "merge"].map((name) => story.outcome(name));
    const base = { events: known, stateAfter: new Map([["$bob", story.outcome("bob").stateAfter]]) };
    const outcomes = resolveGraph(rest, { ...options, base });
    expect(outcomes.get("$merge")?.stateAfter).to.eql(story.outcome("merge").stateAfter);
    expect(playArrivals(rest, { ...options, base }).map((arrival) => arrival.softFailed)).to.eql([false, true, false]);
  });

  it("says which event is missing", () => {
    const events = story.events.filter((identified) => identified.eventId !== "$bob");
    expect(() => resolveGraph(events, options)).to.throw(MissingEventError, "$bob");
  });
});

describe("composeHistory", () => {
  it("selects auth events, counts depth and follows prev_events", () => {
    const { event } = story.outcome("merge");
    expect(event.auth_events).to.eql(["$create", "$levels", "$alice"]);
    expect(event.prev_events).to.eql(["$ban", "$evading"]);
    expect(event.depth).to.equal(7);
  });

  it("refuses names that are not in the history", () => {
    const tell = () => new Story("11", [...opening("11"), join("c", CHARLIE, { prev: ["nowhere"] })]);
    expect(tell).to.throw(UnknownNodeError, "nowhere");
  });
});
