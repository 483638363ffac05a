import { expect } from "chai";
import {
  isJsonObject,
  type JsonValue,
  listOf,
  member,
  objectOf,
  objectsIn,
  omit,
  pointerPart,
  pointerParts,
} from "../../src/matrix/json.js";

const OTHERS: readonly (JsonValue | undefined)[] = [undefined, null, 0, "text", true];

describe("matrix/json", () => {
  it("tells objects from all else", () => {
    expect(isJsonObject({})).to.equal(true);
    for (const other of [...OTHERS, [], [{}]]) expect(isJsonObject(other)).to.equal(false);
  });

  it("takes what is no list for an empty one, and what is no object likewise", () => {
    for (const other of OTHERS) {
      expect(listOf(other)).to.deep.equal([]);
      expect(objectsIn(other)).to.deep.equal([]);
      expect(objectOf(other)).to.deep.equal({});
    }
    expect(listOf({ length: 1 })).to.deep.equal([]);
    expect(objectOf([{ a: 1 }])).to.deep.equal({});
    expect(listOf([1, { a: 1 }, []])).to.deep.equal([1, { a: 1 }, []]);
    expect(objectsIn([1, { a: 1 }, [], null])).to.deep.equal([{ a: 1 }]);
    expect(objectOf({ a: 1 })).to.deep.equal({ a: 1 });
  });

  it("leaves members out, undefined ones too", () => {
    expect(omit({ a: 1, b: 2, c: undefined }, "b")).to.deep.equal({ a: 1 });
  });

  it("sees own members only", () => {
    expect(member({ a: 1 }, "a")).to.equal(1);
    expect(member({}, "toString")).to.equal(undefined);
  });

  it("escapes a step of a pointer", () => {
    expect(pointerPart("a/b~c")).to.equal("/a~1b~0c");
    expect(pointerPart(0)).to.equal("/0");
  });

  it("takes a pointer apart, and finds again what it was made of", () => {
    for (const keys of [[], [""], ["a/b~c", "0"], ["~1", "", "~01"]])
      expect(pointerParts(keys.map(pointerPart).join(""))).to.deep.equal(keys);
  });
});
