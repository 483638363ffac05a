import { expect } from "chai";
import type { Scenario } from "../../src/scenario/model.js";
import { instanceOf, type PlanOptions, planInstances, withoutAttempt } from "../../src/scenario/plan.js";
import { parseScenario } from "../../src/scenario/read-scenario.js";
import { CATALOGUE, SCENARIO } from "../support/catalogue.js";

const refused = parseScenario("scenarios/joining/refused.yaml", SCENARIO, CATALOGUE);
const target = { kind: "target", allows: [], behaviours: [] } as const;
const pair: Scenario = {
  ...refused,
  id: "joining/pair",
  title: "Two servers",
  seats: { owner: target, resident: target },
};
const { roomVersions: _none, ...rest } = refused;
const roomless: Scenario = { ...rest, id: "keys/published" };

const ALL = ["10", "11"];
const one = { targets: [{ name: "synapse", roomVersions: ALL }], seed: "1" };
const two = { targets: [...one.targets, { name: "dendrite", roomVersions: ["10"] }], seed: "1" };
const ids = (scenarios: readonly Scenario[], options: PlanOptions) =>
  planInstances(scenarios, options).map(({ id }) => id);

describe("scenario/plan", () => {
  it("seats one target everywhere, once for each room version", () => {
    expect(ids([pair, refused], one)).to.deep.equal([
      "joining/pair[v10][owner=synapse,resident=synapse]",
      "joining/pair[v11][owner=synapse,resident=synapse]",
      "joining/refused[v10][owner=synapse]",
      "joining/refused[v11][owner=synapse]",
    ]);
  });

  it("seats every ordered pair of several targets, and each alone where there is one seat", () => {
    expect(ids([pair, roomless], { ...two, roomVersions: ["10"] })).to.deep.equal([
      "joining/pair[v10][owner=synapse,resident=dendrite]",
      "joining/pair[v10][owner=dendrite,resident=synapse]",
      "keys/published[owner=synapse]",
      "keys/published[owner=dendrite]",
    ]);
    const trio = { ...pair, seats: { ...pair.seats, third: target } };
    expect(ids([trio], { ...two, roomVersions: ["10"] })[0]).to.equal(
      "joining/pair[v10][owner=synapse,resident=dendrite,third=synapse]",
    );
  });

  it("plans a room version that is not offered as not applicable, and says so", () => {
    const plan = planInstances([pair], two);
    expect(plan.map(({ notApplicable }) => notApplicable)).to.deep.equal([
      undefined,
      undefined,
      "dendrite does not offer room version 11",
      "dendrite does not offer room version 11",
    ]);
    const none = planInstances([refused], { ...one, targets: [{ name: "old", roomVersions: [] }] });
    expect(none[0]?.notApplicable).to.equal("old does not offer room version 10");
  });

  it("plans peers that must be found as not applicable where a target cannot be told of them", () => {
    const findable = {
      ...pair,
      seats: { ...pair.seats, third: { ...target, kind: "peer", named: "portless" } },
    } as const;
    const [synapse, dendrite] = two.targets;
    if (synapse === undefined || dendrite === undefined) throw new Error("two targets are needed");
    const targets = [synapse, { ...dendrite, noLookUps: "its names are addresses" }];
    const reason = "dendrite cannot be told where to look: its names are addresses";
    const reasons = (seats: Scenario["seats"]) =>
      planInstances([{ ...findable, seats }], { ...two, targets, roomVersions: ["10"] }).map(
        (one) => one.notApplicable,
      );
    expect(reasons(findable.seats)).to.deep.equal([reason, reason]);
    expect(reasons(pair.seats)).to.deep.equal([undefined, undefined]);
    const alone = { owner: target, third: findable.seats.third };
    expect(reasons(alone)).to.deep.equal([undefined, reason]);
  });

  it("chooses by id, folder, file, instance and pattern", () => {
    const chosen = (options: Partial<PlanOptions>) => ids([pair, refused, roomless], { ...one, ...options });
    expect(chosen({ ids: ["joining/refused"] })).to.have.length(2);
    expect(chosen({ ids: ["joining/"] })).to.have.length(4);
    expect(chosen({ ids: ["join"] })).to.deep.equal([]);
    expect(chosen({ ids: ["scenarios/joining/refused.yaml"] })).to.have.length(5);
    expect(chosen({ ids: ["joining/refused[v11][owner=synapse]"] })).to.have.length(1);
    expect(chosen({ ids: ["joining/refused[v11][owner=synapse]~2"] })).to.have.length(1);
    expect(chosen({ grep: /two servers/i })).to.have.length(2);
    expect(chosen({ grep: /v11/g })).to.have.length(2);
    expect(chosen({ roomVersions: ["12"] })).to.deep.equal(["keys/published[owner=synapse]"]);
  });

  it("deals shards that are disjoint and complete", () => {
    const shard = (index: number) => ids([pair, refused, roomless], { ...one, shard: { index, count: 2 } });
    expect([...shard(1), ...shard(2)].sort()).to.deep.equal(ids([pair, refused, roomless], one).sort());
    expect(shard(1)).to.have.length(3);
    expect(shard(2)).to.have.length(2);
  });

  it("gives every attempt an id and a token of its own, the same under the same seed", () => {
    const plan = planInstances([roomless], { ...one, repeat: 2 });
    expect(plan.map(({ id, attempt }) => [id, attempt])).to.deep.equal([
      ["keys/published[owner=synapse]", 1],
      ["keys/published[owner=synapse]~2", 2],
    ]);
    const tokens = plan.map(({ token }) => token);
    expect(new Set(tokens).size).to.equal(2);
    for (const token of tokens) expect(token).to.match(/^[0-9a-f]{10}$/);
    expect(planInstances([roomless], { ...one, repeat: 2 }).map(({ token }) => token)).to.deep.equal(tokens);
    expect(planInstances([roomless], { ...one, seed: "2" })[0]?.token).not.to.equal(tokens[0]);
    expect(withoutAttempt("keys/published[owner=synapse]~12")).to.equal("keys/published[owner=synapse]");
  });

  it("makes the instance once the servers have names", () => {
    const [planned] = planInstances([refused], one);
    if (planned === undefined) throw new Error("nothing planned");
    const { token } = planned;
    expect(instanceOf(planned, { owner: "hs1.test", guest: "p1.test" })).to.deep.include({
      id: planned.id,
      scenario: "joining/refused",
      roomVersion: "10",
      attempt: 1,
      seats: {
        owner: { kind: "target", serverName: "hs1.test", target: "synapse" },
        guest: { kind: "peer", serverName: "p1.test" },
      },
      cast: {
        olivia: { userId: `@olivia-${token}:hs1.test`, seat: "owner" },
        june: { userId: `@june-${token}:p1.test`, seat: "guest" },
      },
    });
    expect(() => instanceOf(planned, { owner: "hs1.test" })).to.throw("seat guest");
  });
});
