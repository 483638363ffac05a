import { expect } from "chai";
import fc from "fast-check";
import { hostOf, NameRegistry, zoneOf } from "../../src/lab/names.js";

describe("lab/names", () => {
  it("keeps the zone short, stable for a run and different between runs", () => {
    expect(zoneOf("2026-11-23-a"))
      .to.equal(zoneOf("2026-11-23-a"))
      .and.to.match(/^r[0-9a-f]{6}\.test$/);
    expect(zoneOf("2026-11-23-a")).not.to.equal(zoneOf("2026-11-23-b"));
  });

  it("never gives a name twice", () => {
    const names = new NameRegistry("r1.test");
    const label = fc.constantFrom("hs1", "hs1-2", "p", "p-2");
    fc.assert(
      fc.property(fc.array(label, { maxLength: 20 }), (labels) => {
        const given = labels.map((each) => names.host(each));
        expect(new Set(given).size).to.equal(given.length);
        expect(given.every((host) => names.has(host))).to.equal(true);
      }),
    );
  });

  it("refuses what is no DNS label", () => {
    const names = new NameRegistry("r1.test");
    for (const label of ["", "-a", "a-", "a.b", "Ä", "A", "a".repeat(64)]) {
      expect(() => names.host(label)).to.throw("is no DNS label");
    }
  });

  it("takes the host out of a server name", () => {
    expect(hostOf("hs1.test:8448")).to.equal("hs1.test");
    expect(hostOf("hs1.test")).to.equal("hs1.test");
    expect(hostOf("127.0.0.1:8448")).to.equal("127.0.0.1");
    expect(hostOf("[::1]:8448")).to.equal("::1");
  });
});
