import { expect } from "chai";
import { isName, reference, referencesIn, substitute } from "../../src/scenario/variables.js";

const version = reference("room_version");

describe("scenario/variables", () => {
  it("fills in the room version throughout, keys included, and nothing else", () => {
    const value = { version, list: [`v${version}`, 1, null], [version]: true, user: reference("june") };
    expect(substitute(value, { roomVersion: "11" })).to.deep.equal({
      version: "11",
      list: ["v11", 1, null],
      "11": true,
      user: reference("june"),
    });
  });

  it("leaves a value alone where there is no room version", () => {
    expect(substitute({ version }, {})).to.deep.equal({ version });
  });

  it("finds references and tells names from expressions", () => {
    expect(referencesIn(`${reference("a")} and ${reference("b + 1")}`)).to.deep.equal(["a", "b + 1"]);
    expect(isName("a-b_1")).to.equal(true);
    for (const text of ["b + 1", "", "A", "1a", "a.b"]) expect(isName(text), text).to.equal(false);
  });
});
