import { expect } from "chai";
import { nearest } from "../../src/schema/nearest.js";

describe("schema/nearest", () => {
  const names = ["create-room", "join", "leave", "send-join"];

  it("finds what a typing error meant", () => {
    expect(nearest("creat-room", names)).to.equal("create-room");
    expect(nearest("jion", names)).to.equal("join");
    expect(nearest("Leave", names)).to.equal("leave");
  });

  it("guesses nothing when nothing is near", () => {
    expect(nearest("upgrade", names)).to.equal(undefined);
    expect(nearest("x", [])).to.equal(undefined);
  });
});
