import { expect } from "chai";
import { UsageError } from "../../src/cli/command.js";
import { workersOf } from "../../src/cli/run-options.js";

describe("cli/run-options", () => {
  it("plays more at a time where servers work elsewhere, unless told", () => {
    const own = { driver: "embedded" } as const;
    const [alone, beside] = [workersOf(undefined, [own]), workersOf(undefined, [own, { driver: "container" }])];
    expect(beside).to.be.greaterThan(alone);
    expect(workersOf(2, [own])).to.equal(2);
    expect(() => workersOf(0.5, [own])).to.throw(UsageError, "--workers takes a whole number of at least 1");
  });
});
