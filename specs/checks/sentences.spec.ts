import { expect } from "chai";
import { cut } from "../../src/checks/sentences.js";

describe("checks/sentences", () => {
  it("leaves alone what is short enough", () => expect(cut("x".repeat(2000))).to.equal("x".repeat(2000)));

  it("cuts the rest, and says how much", () => {
    expect(cut("x".repeat(2500))).to.equal(`${"x".repeat(2000)}… (500 more characters)`);
  });

  it("splits no pair of surrogates", () => expect(cut("ab😀c", 3)).to.equal("ab… (3 more characters)"));
});
