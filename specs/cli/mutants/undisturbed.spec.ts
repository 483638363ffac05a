import { expect } from "chai";
import type { Executed } from "../../../src/cli/mutants/execution.js";
import { undisturbed } from "../../../src/cli/mutants/undisturbed.js";

const disturbed = (times: number) => {
  let plays = 0;
  const play = async (): Promise<Executed> => {
    plays += 1;
    return { scenarios: [], passive: [], asked: new Map(), disturbed: plays <= times };
  };
  return { play, plays: () => plays };
};

describe("cli/mutants/undisturbed", () => {
  it("plays once what nothing disturbs, and again what the machine did not let be judged", async () => {
    for (const disturbances of [0, 2]) {
      const { play, plays } = disturbed(disturbances);
      expect(await undisturbed(play)({ scenarios: [] })).to.include({ disturbed: false });
      expect(plays()).to.equal(disturbances + 1);
    }
  });

  it("gives up on a machine that stands still again and again, and says so", async () => {
    const { play } = disturbed(Number.POSITIVE_INFINITY);
    const error = await undisturbed(play)({ scenarios: [] }).catch((raised: unknown) => raised);
    expect(error).to.be.instanceOf(Error).with.property("message").that.contains("stood still in each of 5 attempts");
  });
});
