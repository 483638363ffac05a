import { expect } from "chai";
import fc from "fast-check";
import { Heap } from "../../../src/matrix/state-resolution/heap.js";

describe("Heap", () => {
  it("gives what it holds from the smallest on, also when pushes and pops alternate", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer())), (pushesAndPops) => {
        const heap = new Heap<number>((a, b) => a - b);
        const model: number[] = [];
        for (const item of pushesAndPops) {
          if (item === null) expect(heap.pop()).to.equal(model.shift());
          else {
            heap.push(item);
            model.push(item);
            model.sort((a, b) => a - b);
          }
        }
        for (const item of model) expect(heap.pop()).to.equal(item);
        expect(heap.pop()).to.equal(undefined);
      }),
      { seed: 7 },
    );
  });
});
