import { expect } from "chai";
import { noRestarts } from "../../src/runner/no-restarts.js";

describe("runner/no-restarts", () => {
  it("names the drivers whose servers stay up, and why", () => {
    expect(noRestarts({ driver: "remote" }).noRestarts).to.include("somebody else");
    expect(noRestarts({ driver: "process" })).to.have.property("noRestarts");
    expect(noRestarts({ driver: "container" })).to.deep.equal({});
    expect(noRestarts({ driver: "embedded" })).to.deep.equal({});
  });
});
