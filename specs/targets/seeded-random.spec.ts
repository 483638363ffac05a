import { expect } from "chai";
import { seededRandom } from "../../src/targets/seeded-random.js";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("targets/seeded-random", () => {
  it("gives the same bytes for the same seed, however they are taken", () => {
    const [whole, parts] = [seededRandom("seed"), seededRandom("seed")];
    expect(hex(whole(100))).to.equal([0, 1, 31, 32, 36].map((length) => hex(parts(length))).join(""));
  });

  it("gives other bytes for another seed, and never the same again", () => {
    const random = seededRandom("seed");
    const first = hex(random(32));
    expect(hex(random(32))).not.to.equal(first);
    expect(hex(seededRandom("Seed")(32))).not.to.equal(first);
  });
});
