import { expect } from "chai";
import { milliseconds } from "../../src/schema/durations.js";

describe("schema/durations", () => {
  it("reads durations, and nothing else", () => {
    expect([milliseconds("500ms"), milliseconds("30s"), milliseconds("2m")]).to.deep.equal([500, 30_000, 120_000]);
    for (const wrong of ["30", "1h", "", "-1s", "1.5s", " 1s"])
      expect(() => milliseconds(wrong), wrong).to.throw(RangeError, JSON.stringify(wrong));
  });
});
