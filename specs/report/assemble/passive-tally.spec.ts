import { expect } from "chai";
import type { PassiveCheck } from "../../../src/checks/passive/index.js";
import { PassiveTally } from "../../../src/report/assemble/passive-tally.js";
import { specExchange } from "../../support/exchanges.js";

const CHECK: PassiveCheck = {
  name: "spec",
  summary: "Is right",
  requirement: "FED-KEY-001",
  level: "should",
  side: "request",
  appliesTo: () => true,
  judge: () => ({ holds: true, expected: "", actual: "", exchanges: [] }),
};

/** The result of findings, each of an exchange and a server of its own. */
function tallied(...found: readonly (readonly [holds: boolean | "unknown", actual: string])[]) {
  const tally = new PassiveTally(CHECK, "one");
  const exchanges = found.map(([holds, actual], at) => {
    const exchange = specExchange({ target: "/x" });
    tally.add({
      check: CHECK,
      exchange,
      server: `s${at}`,
      finding: { holds, expected: `right ${at}`, actual, exchanges: [] },
    });
    return exchange.id;
  });
  return { result: tally.result((id) => `repeat ${id}`), exchanges };
}

describe("report/assemble/passive-tally", () => {
  it("names the gravest verdict, and shows the first messages that bear it", () => {
    const wrong = ["a", "b", "a", "c"].map((actual) => [false, actual] as const);
    const { result, exchanges } = tallied([true, "so it is"], ...wrong);
    expect(result).to.include({
      id: "passive/spec/one",
      verdict: "warn",
      server: "s1",
      expected: "right 1",
      of: "one",
    });
    expect(result.actual).to.equal("4 of 5 messages: a; also b; also c");
    expect(result.exchanges).to.deep.equal(exchanges.slice(1, 4));
    expect(result.repeat).to.equal(`repeat ${exchanges[1]}`);
  });

  it("counts the faults that it does not tell", () => {
    const faults = Array.from({ length: 7 }, (_, at) => [false, `f${at}`] as const);
    expect(tallied(...faults).result.actual).to.equal(
      "7 of 7 messages: f0; also f1; also f2; also f3; also f4; also 2 other faults",
    );
  });

  it("only counts where all is well", () => {
    const { result } = tallied([true, "so it is"], [true, "so it is"]);
    expect(result).to.include({ verdict: "pass", actual: "2 messages, all as expected", server: "s0" });
    expect(result.exchanges).to.deep.equal([]);
    expect(result).not.to.have.property("repeat");
  });

  it("does not call good what nobody can tell", () => {
    expect(tallied([true, ""], ["unknown", "lost"], [false, "a"]).result).to.include({
      verdict: "inconclusive",
      actual: "1 of 3 messages: lost",
    });
  });
});
