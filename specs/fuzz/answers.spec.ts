import { expect } from "chai";
import { type Account, differences } from "../../src/fuzz/answers.js";

const terms = { nameOf: (id: string) => id.slice(1), optionalInChains: new Set(["$create"]) };
const right: Account = {
  states: new Map([["final", { state: new Set(["$levels", "$topic"]), chain: new Set(["$levels"]) }]]),
  eventAuth: new Map([["final", new Set(["$levels"])]]),
  current: new Set(["$topic"]),
};

describe("fuzz/answers", () => {
  it("finds nothing between equal accounts, an implied create event aside", () => {
    expect(differences(right, right, terms)).to.deep.equal([]);
    const withCreate = { ...right, eventAuth: new Map([["final", new Set(["$create", "$levels"])]]) };
    expect(differences(right, withCreate, terms)).to.deep.equal([]);
  });

  it("names what only one of them has, for each question", () => {
    const wrong: Account = {
      states: new Map([["final", { state: new Set(["$levels", "$other"]), chain: new Set(["$other"]) }]]),
      eventAuth: new Map([["final", new Set<string>()]]),
      current: new Set(["$topic", "$create"]),
    };
    expect(differences(right, wrong, terms)).to.deep.equal([
      { kind: "state", at: "final", expected: ["topic"], given: ["other"] },
      { kind: "auth-chain", at: "final", expected: ["levels"], given: ["other"] },
      { kind: "event-auth", at: "final", expected: ["levels"], given: [] },
      { kind: "current-state", at: "final", expected: [], given: ["create"] },
    ]);
  });

  it("tells a refusal in its own words, once", () => {
    const refusing = { ...right, states: new Map([["final", { state: "status 404", chain: "status 404" }]]) };
    const [found, ...more] = differences(right, refusing, terms);
    expect(found).to.include({ kind: "state", given: "status 404" });
    expect(more).to.deep.equal([]);
  });

  it("counts a question without answer", () => {
    const [found] = differences(right, { ...right, states: new Map() }, terms);
    expect(found).to.include({ kind: "state", given: "not asked" });
  });
});
