import { expect } from "chai";
import type { JsonMembers, JsonValue } from "../../src/matrix/json.js";
import { sameJson } from "../../src/matrix/same-json.js";

type Pair = readonly [one: JsonValue | JsonMembers | undefined, other: JsonValue | JsonMembers | undefined];

describe("matrix/same-json", () => {
  const same: readonly Pair[] = [
    [undefined, undefined],
    [
      { a: 1, b: [{ c: "x", d: null }] },
      { b: [{ d: null, c: "x" }], a: 1 },
    ],
    [{ a: undefined, b: 1 }, { b: 1 }],
    [[0], [-0]],
    [
      { a: 1.5, b: Number.POSITIVE_INFINITY },
      { b: Number.POSITIVE_INFINITY, a: 1.5 },
    ],
  ];
  for (const [one, other] of same)
    it(`takes ${JSON.stringify(one)} and ${JSON.stringify(other)} for the same`, () => {
      expect(sameJson(one, other)).to.equal(true);
      expect(sameJson(other, one)).to.equal(true);
    });

  const different: readonly Pair[] = [
    [undefined, null],
    [{}, []],
    [{ 0: "a" }, ["a"]],
    [1, "1"],
    [
      ["a", "b"],
      ["b", "a"],
    ],
    [["a"], ["a", "b"]],
    [{ a: 1 }, { a: 1, b: null }],
    [{ toString: null }, {}],
    [{ a: 1.5 }, { a: Number.POSITIVE_INFINITY }],
  ];
  for (const [one, other] of different)
    it(`tells ${JSON.stringify(one)} from ${JSON.stringify(other)}`, () => {
      expect(sameJson(one, other)).to.equal(false);
      expect(sameJson(other, one)).to.equal(false);
    });
});
