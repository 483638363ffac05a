import { expect } from "chai";
import { has, rewritten } from "../../../src/lab/altering/rewrite.js";

const TRANSACTION = {
  origin: "a.test",
  pdus: [
    { type: "m.room.member", content: { membership: "join" } },
    { type: "m.room.message", content: { body: "Pay 10", msgtype: "m.text" } },
  ],
};

describe("lab/altering/rewrite", () => {
  it("sets a value in each selected place, and keeps all else, the order of members too", () => {
    const where = { type: "m.room.message" };
    const altered = rewritten(TRANSACTION, [{ within: "/pdus/*", where, at: "/content/body", set: "Pay 1000" }]);
    expect(JSON.stringify(altered)).to.equal(JSON.stringify(TRANSACTION).replace("Pay 10", "Pay 1000"));
    expect(TRANSACTION.pdus[1]?.content).to.have.property("body", "Pay 10");
  });

  it("takes values out, of lists from behind", () => {
    expect(rewritten([1, 2, 1, 3], [{ within: "/*", where: {} }])).to.equal(undefined);
    const list = [{ a: 1 }, { b: 1 }, { a: 1 }];
    expect(rewritten(list, [{ within: "/*", where: { a: 1 } }])).to.deep.equal([{ b: 1 }]);
    expect(rewritten({ a: { b: 1, c: 2 } }, [{ at: "/a/b" }])).to.deep.equal({ a: { c: 2 } });
    expect(rewritten({ a: { b: 1 }, d: { b: 1 } }, [{ at: "/*/b" }])).to.deep.equal({ a: {}, d: {} });
  });

  it("adds a member to an object that is there, and an item at the end of a list", () => {
    expect(rewritten({ a: {} }, [{ at: "/a/new", set: 1 }])).to.deep.equal({ a: { new: 1 } });
    expect(rewritten({ a: [1] }, [{ at: "/a/-", set: 2 }])).to.deep.equal({ a: [1, 2] });
    expect(rewritten({ a: {} }, [{ at: "/b/new", set: 1 }])).to.equal(undefined);
    expect(rewritten({ a: [1] }, [{ at: "/a/7", set: 2 }])).to.equal(undefined);
  });

  it("makes one change after the other", () => {
    const changes = [
      { at: "/a", set: { b: 1 } },
      { at: "/a/b", set: 2 },
    ];
    expect(rewritten({ a: 0 }, changes)).to.deep.equal({ a: { b: 2 } });
  });

  it("unescapes pointers, and takes nothing inherited for a member", () => {
    expect(rewritten({ "a/b": { "c~d": 1 } }, [{ at: "/a~1b/c~0d", set: 2 }])).to.deep.equal({ "a/b": { "c~d": 2 } });
    expect(rewritten({ a: {} }, [{ at: "/a/toString" }])).to.equal(undefined);
  });

  it("says so when nothing changes", () => {
    expect(rewritten(TRANSACTION, [{ within: "/pdus/*", where: { type: "m.none" }, at: "/content" }])).to.equal(
      undefined,
    );
    expect(rewritten({ a: 1 }, [{ at: "/a", set: 1 }])).to.equal(undefined);
  });

  it("tells whether a place is there", () => {
    expect(has(TRANSACTION, { within: "/pdus/*", where: { type: "m.room.member" } })).to.equal(true);
    expect(has(TRANSACTION, { within: "/edus/*" })).to.equal(false);
    expect(has(undefined, {})).to.equal(false);
  });
});
