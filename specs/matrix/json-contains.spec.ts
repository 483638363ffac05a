import { expect } from "chai";
import { contains } from "../../src/matrix/json-contains.js";

describe("matrix/json-contains", () => {
  it("wants every member with its value, nested, and lets others be", () => {
    const value = { type: "m.direct_to_device", content: { sender: "@a:b", messages: { x: 1 } } };
    expect(contains(value, { content: { sender: "@a:b" } })).to.equal(true);
    expect(contains(value, { content: { sender: "@c:b" } })).to.equal(false);
    expect(contains(value, { content: { missing: null } })).to.equal(false);
    expect(contains(undefined, {})).to.equal(false);
  });

  it("wants of a list that each item is among the others", () => {
    expect(contains([{ a: 1, b: 2 }, 3], [3, { a: 1 }])).to.equal(true);
    expect(contains([3], [4])).to.equal(false);
    expect(contains({ 0: 3 }, [3])).to.equal(false);
  });
});
