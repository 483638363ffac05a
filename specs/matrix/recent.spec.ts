import { expect } from "chai";
import { Recent } from "../../src/matrix/recent.js";

describe("recent", () => {
  it("works an answer out once, be it undefined, and forgets the one that came first", () => {
    const asked: string[] = [];
    const lengths = new Recent<number | undefined>(2);
    const lengthOf = (word: string) =>
      lengths.answer(word, () => {
        asked.push(word);
        return word.length || undefined;
      });
    expect(["", "one", "", "one"].map(lengthOf)).to.deep.equal([undefined, 3, undefined, 3]);
    expect(asked).to.deep.equal(["", "one"]);
    expect(["three", "one", ""].map(lengthOf)).to.deep.equal([5, 3, undefined]);
    expect(asked).to.deep.equal(["", "one", "three", ""]);
  });

  it("holds nothing where the work fails", () => {
    const answers = new Recent<number>(1);
    const fail = () => {
      throw new Error("no answer");
    };
    expect(() => answers.answer("x", fail)).to.throw("no answer");
    expect(answers.answer("x", () => 1)).to.equal(1);
  });
});
