import { expect } from "chai";
import { compareCodePoints, hasLoneSurrogate, sortedByCodePoint, utf8Length } from "../../src/matrix/code-points.js";

describe("code points", () => {
  it("order beyond the basic plane after all of it", () => {
    const sorted = ["", "a", "ab", "b", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}"];
    expect(sortedByCodePoint([...sorted].reverse())).to.deep.equal(sorted);
    expect(compareCodePoints("a\u{10000}", "a\uffff")).to.be.greaterThan(0);
    expect(compareCodePoints("a", "a")).to.equal(0);
  });

  it("leave the given array alone", () => {
    const given = ["b", "a"];
    sortedByCodePoint(given);
    expect(given).to.deep.equal(["b", "a"]);
  });

  it("tell halves of pairs from pairs", () => {
    expect(hasLoneSurrogate("a\u{1f600}\uffff")).to.equal(false);
    for (const text of ["\ud800", "\udc00", "\udc00\ud800", "\ud800a"]) expect(hasLoneSurrogate(text)).to.equal(true);
  });

  it("measure UTF-8", () => expect(utf8Length("aé～\u{1f600}")).to.equal(1 + 2 + 3 + 4));
});
