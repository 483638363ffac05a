import { expect } from "chai";
import { at } from "../../src/checks/pointer.js";

const DOCUMENT = { a: { "b/c": [1, { "~": 2 }] }, "": 3, list: ["x"], nothing: null };

describe("checks/pointer", () => {
  const FOUND: readonly (readonly [pointer: string, value: unknown])[] = [
    ["", DOCUMENT],
    ["/", 3],
    ["/a/b~1c/0", 1],
    ["/a/b~1c/1/~0", 2],
    ["/nothing", null],
  ];
  for (const [pointer, value] of FOUND)
    it(`finds ${pointer || "the whole"}`, () => expect(at(DOCUMENT, pointer)).to.deep.equal(value));

  for (const pointer of ["/b", "/a/b/c", "/list/1", "/list/", "/list/00", "/list/length", "/nothing/x", "/constructor"])
    it(`finds nothing at ${pointer}`, () => expect(at(DOCUMENT, pointer)).to.equal(undefined));

  it("finds nothing in nothing", () => expect(at(undefined, "/a")).to.equal(undefined));
});
