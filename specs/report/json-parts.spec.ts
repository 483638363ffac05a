import { expect } from "chai";
import fc from "fast-check";
import { jsonParts } from "../../src/report/json-parts.js";
import { mixedRun } from "./fixtures.js";

const text = (value: object) => [...jsonParts(value)].join("");

describe("report/json-parts", () => {
  it("writes what JSON.stringify writes with an indent of one", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        expect(text(value)).to.equal(`${JSON.stringify(value, null, 1)}\n`);
      }),
    );
    expect(text({ a: undefined, b: [], c: {}, d: ["x\ny", [1, { e: [2] }]] })).to.equal(
      `${JSON.stringify({ b: [], c: {}, d: ["x\ny", [1, { e: [2] }]] }, null, 1)}\n`,
    );
  });

  it("gives each scenario and each exchange of a run by itself", () => {
    const run = mixedRun();
    expect(text(run)).to.equal(`${JSON.stringify(run, null, 1)}\n`);
    const longest = Math.max(...[...jsonParts(run)].map(({ length }) => length));
    expect(longest).to.be.below(text(run).length / 2);
    expect([...jsonParts(run)].filter((part) => part.includes('"instance": ')).length).to.be.at.least(
      run.scenarios.length,
    );
  });
});
