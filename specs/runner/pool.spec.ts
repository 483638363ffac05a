import { expect } from "chai";
import { inPool } from "../../src/runner/pool.js";

describe("runner/pool", () => {
  it("does every item once, in order of beginning, so many at a time", async () => {
    const began: number[] = [];
    const open: (() => void)[] = [];
    let running = 0;
    let most = 0;
    const done = inPool([1, 2, 3, 4, 5], 2, async (item) => {
      began.push(item);
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => open.push(resolve));
      running -= 1;
    });
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      next();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await done;
    expect({ began, most }).to.deep.equal({ began: [1, 2, 3, 4, 5], most: 2 });
  });

  it("does nothing for nothing, and works with a width of none", async () => {
    const done: string[] = [];
    await inPool([], 3, async () => {
      done.push("never");
    });
    await inPool(["a", "b"], 0, async (item) => {
      done.push(item);
    });
    expect(done).to.deep.equal(["a", "b"]);
  });

  it("begins no more after a failure, lets the others end, and then fails with the first", async () => {
    const ended: number[] = [];
    const work = async (item: number) => {
      if (item === 1) throw new Error("first");
      await new Promise((resolve) => setImmediate(resolve));
      ended.push(item);
      if (item === 2) throw new Error("second");
    };
    const failure = await inPool([1, 2, 3, 4], 2, work).catch((error: Error) => error.message);
    expect({ failure, ended }).to.deep.equal({ failure: "first", ended: [2] });
  });
});
