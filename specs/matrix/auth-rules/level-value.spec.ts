import { expect } from "chai";
import { readLevel } from "../../../src/matrix/auth-rules/level-value.js";
import { powerLevels } from "../../../src/matrix/auth-rules/power-levels.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { ADMIN, CREATOR, levels, MEMBER, pduOf } from "../../support/auth-case.js";

describe("readLevel", () => {
  for (const [text, level] of [
    ["100", 100],
    ["000100", 100],
    ["+100", 100],
    ["-100", -100],
    [" 00100 ", 100],
    ["\t-1\n", -1],
  ] as const) {
    it(`FED-RVF-027: reads ${JSON.stringify(text)} where strings are levels`, () => {
      expect(readLevel(text, "integers-strings-floats")).to.equal(level);
      expect(readLevel(text, "integers-strings")).to.equal(level);
      expect(readLevel(text, "integers")).to.equal(undefined);
    });
  }

  for (const text of ["", " ", "1.0", "1e2", "0x10", "--1", "+ 1", "1 2", "Infinity", "٣"]) {
    it(`reads ${JSON.stringify(text)} nowhere`, () => {
      expect(readLevel(text, "integers-strings-floats")).to.equal(undefined);
    });
  }

  it("FED-RVF-028: truncates fractions where they are levels", () => {
    expect(readLevel(50.57, "integers-strings-floats")).to.equal(50);
    expect(readLevel(5.114698e4, "integers-strings-floats")).to.equal(51_146);
    expect(readLevel(-50.57, "integers-strings-floats")).to.equal(-50);
    expect(readLevel(50.57, "integers-strings")).to.equal(undefined);
    expect(readLevel(50.57, "integers")).to.equal(undefined);
  });

  it("FED-RVF-029: reads no infinity", () => {
    expect(readLevel(Number("1e400"), "integers-strings-floats")).to.equal(undefined);
  });
});

describe("powerLevels", () => {
  const read = (version: string, content?: Parameters<typeof levels>[0]) => {
    const rules = roomVersionRules(version);
    const create = pduOf(
      { type: "m.room.create", sender: CREATOR, content: { creator: CREATOR, additional_creators: [ADMIN] } },
      rules,
    );
    const found = content && pduOf(levels(content), rules);
    return powerLevels((type) => (type === "m.room.create" ? create : found), rules);
  };

  it("FED-PDU-023, FED-PDU-024: has the defaults, with and without an event", () => {
    for (const content of [undefined, {}]) {
      expect(read("11", content)).to.include({ invite: 0, kick: 50, ban: 50, redact: 50 });
      expect(read("11", content).toSend("m.room.topic", true)).to.equal(50);
      expect(read("11", content).toSend("m.room.message", false)).to.equal(0);
      expect(read("11", content).ofUser(MEMBER)).to.equal(0);
    }
  });

  it("FED-PDU-025: prefers the type's own level to the default of its kind", () => {
    const found = read("11", { events: { a: 7 }, events_default: 1, state_default: 2 });
    expect([found.toSend("a", true), found.toSend("b", true), found.toSend("b", false)]).to.eql([7, 2, 1]);
  });

  it("FED-PDU-026: without an event the creator has 100 before version 12", () => {
    expect([read("11").ofUser(CREATOR), read("11").ofUser(ADMIN)]).to.eql([100, 0]);
    expect(read("11", {}).ofUser(CREATOR)).to.equal(0);
  });

  it("FED-PDU-027, FED-AR-080, FED-AR-082: creators are infinite in version 12, whatever the event says", () => {
    for (const content of [undefined, {}, { users: { [CREATOR]: 5, [ADMIN]: 5 } }]) {
      expect([read("12", content).ofUser(CREATOR), read("12", content).ofUser(ADMIN)]).to.eql([Infinity, Infinity]);
    }
  });
});
