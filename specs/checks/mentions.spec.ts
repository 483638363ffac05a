import { expect } from "chai";
import { InstancesSeen } from "../../src/checks/instances-seen.js";
import { Mentions, namesOf } from "../../src/checks/mentions.js";
import type { JournalBody } from "../../src/evidence/journal-entry.js";
import { specExchange } from "../support/exchanges.js";
import { INSTANCE, TOKEN } from "../support/judged-story.js";

function seen(...bodies: readonly JournalBody[]): InstancesSeen {
  const instances = new InstancesSeen();
  for (const [at, body] of bodies.entries()) instances.add({ seq: at + 1, at, prev: "", ...body });
  return instances;
}

const PLANNED: JournalBody = { kind: "planned", instance: INSTANCE, owed: [], steps: [] };
const ROOM: JournalBody = {
  kind: "binding",
  instance: INSTANCE.id,
  name: "hall",
  value: { kind: "room", roomId: "!r:one.test", version: "11" },
};

describe("checks/mentions", () => {
  it("finds tokens of the instances that were added, and every room", () => {
    const mentions = new Mentions();
    const exchange = specExchange({ target: `/x/%40alice-${TOKEN}`, body: { room: "!r:one.test" } });
    expect([...mentions.in(exchange)]).to.deep.equal(["!r:one.test"]);
    mentions.add(INSTANCE);
    expect([...mentions.in(exchange)]).to.deep.equal([TOKEN, "!r:one.test"]);
    expect(mentions.instancesIn(exchange)).to.deep.equal([INSTANCE]);
  });

  it("knows an instance by its token and the rooms that it bound", () => {
    expect(namesOf(seen(PLANNED, ROOM).of(INSTANCE.id))).to.deep.equal([TOKEN, "!r:one.test"]);
  });
});

describe("checks/instances-seen", () => {
  it("gathers what was planned, bound, observed and waited for, by instance", () => {
    const { id } = INSTANCE;
    const stood = (milliseconds: number): JournalBody => ({
      kind: "note",
      about: "standstill",
      data: { milliseconds, during: [id, "another"] },
    });
    const observed: JournalBody = { kind: "observation", instance: id, step: "s", what: "w", data: {} };
    const instances = seen(ROOM, PLANNED, ROOM, observed, stood(5), stood(9));
    expect(instances.of(id).bindings.map(({ seq, name }) => [seq, name])).to.deep.equal([[3, "hall"]]);
    expect(instances.of(id).observations).to.deep.equal([{ seq: 4, step: "s", what: "w", data: {} }]);
    expect([4, 5, 6].map((upTo) => instances.longestStandstill(id, upTo))).to.deep.equal([0, 5, 9]);
    expect(() => instances.of("another")).to.throw("holds no scenario instance another");
  });

  it("lets go of what it gathered, but not of the instance", () => {
    const instances = seen(PLANNED, ROOM);
    instances.release(INSTANCE.id);
    expect(instances.has(INSTANCE.id)).to.equal(true);
    expect(instances.of(INSTANCE.id)).to.deep.include({ instance: INSTANCE, bindings: [] });
  });
});
