import { expect } from "chai";
import {
  type AuthEvent,
  authoriseByAuthEvents,
  checkAuthEvents,
} from "../../../src/matrix/auth-rules/auth-events-check.js";
import { ROOM_VERSIONS, roomVersionRules } from "../../../src/matrix/room-versions.js";
import { ADMIN, CREATOR, joinRules, levels, MEMBER, member, pduOf, type Sketch } from "../../support/auth-case.js";

const create: Sketch = { type: "m.room.create", state_key: "", sender: CREATOR, content: { creator: CREATOR } };
const message: Sketch = { type: "m.room.message", sender: MEMBER };

function authEvent(sketch: Sketch, version: string, rejected = false): AuthEvent {
  return { eventId: `$${sketch.type}`, event: pduOf(sketch, roomVersionRules(version)), rejected };
}

/** The right auth events of a member's message, and more. */
function around(version: string, ...more: AuthEvent[]): AuthEvent[] {
  const right = [levels({}), member(MEMBER, "join")].map((sketch) => authEvent(sketch, version));
  return [...(version === "12" ? [] : [authEvent(create, version)]), ...right, ...more];
}

function verdictOn(version: string, authEvents: AuthEvent[]) {
  const rules = roomVersionRules(version);
  return checkAuthEvents(pduOf(message, rules), rules, authEvents);
}

describe("checkAuthEvents", () => {
  for (const version of ROOM_VERSIONS) {
    describe(`in version ${version}`, () => {
      it("allows the selection", () => {
        expect(verdictOn(version, around(version)).allowed).to.equal(true);
      });

      it("FED-AR-009 refuses two entries for one key", () => {
        const verdict = verdictOn(version, around(version, authEvent(levels({ ban: 1 }), version)));
        expect(verdict).to.include({ allowed: false, rule: "FED-AR-009" });
      });

      it("FED-AR-010 refuses entries outside the selection", () => {
        const strays = [
          { type: "m.room.topic", state_key: "" },
          joinRules("public"),
          member(ADMIN, "join"),
          { type: "m.room.message" },
        ];
        for (const stray of strays) {
          const verdict = verdictOn(version, around(version, authEvent(stray, version)));
          expect(verdict).to.include({ allowed: false, rule: "FED-AR-010" });
        }
      });

      it("FED-AR-011 refuses rejected entries", () => {
        const [first, ...others] = around(version);
        const verdict = verdictOn(version, [...others, ...(first ? [{ ...first, rejected: true }] : [])]);
        expect(verdict).to.include({ allowed: false, rule: "FED-AR-011" });
      });

      it("FED-AR-013 refuses entries of another room", () => {
        const authEvents = around(version).filter((entry) => entry.event.type !== "m.room.power_levels");
        const foreign = authEvent({ ...levels({}), room_id: "!other:a.example" }, version);
        expect(verdictOn(version, [...authEvents, foreign])).to.include({ allowed: false, rule: "FED-AR-013" });
      });

      it("lets a create event name whatever it likes, as rule 1 decides it alone", () => {
        const rules = roomVersionRules(version);
        expect(checkAuthEvents(pduOf(create, rules), rules, around(version))).to.include({ allowed: true });
      });
    });
  }

  it("FED-AR-012 refuses a selection without create, where create is selected", () => {
    for (const version of ROOM_VERSIONS) {
      const authEvents = around(version).filter((entry) => entry.event.type !== "m.room.create");
      const expected = version === "12" ? { allowed: true } : { allowed: false, rule: "FED-AR-012" };
      expect(verdictOn(version, authEvents)).to.include(expected);
    }
  });

  it("FED-AR-010 refuses the create event in version 12", () => {
    const verdict = verdictOn("12", around("12", authEvent(create, "12")));
    expect(verdict).to.include({ allowed: false, rule: "FED-AR-010" });
  });
});

describe("authoriseByAuthEvents", () => {
  const options = { signedBy: () => false, eventId: () => "$create" };

  it("takes the create event from outside where auth events do not name it", () => {
    const rules = roomVersionRules("12");
    const event = pduOf(message, rules);
    const room = authEvent(create, "12").event;
    expect(authoriseByAuthEvents(event, rules, around("12"), { ...options, create: room }).allowed).to.equal(true);
    expect(authoriseByAuthEvents(event, rules, around("12"), options)).to.include({ rule: "FED-AR-008" });
  });

  it("judges by the auth events alone", () => {
    const rules = roomVersionRules("11");
    const left = around("11").map((entry) =>
      entry.event.type === "m.room.member" ? authEvent(member(MEMBER, "leave"), "11") : entry,
    );
    expect(authoriseByAuthEvents(pduOf(message, rules), rules, left, options)).to.include({ rule: "FED-AR-058" });
  });
});
