import { expect } from "chai";
import { type AuthCase, runAuthCase, versionsIn } from "../../support/auth-case.js";
import { CREATE_CASES } from "./cases/create.js";
import { GENERAL_CASES } from "./cases/general.js";
import { MEMBER_CASES } from "./cases/member-changes.js";
import { JOIN_CASES } from "./cases/member-join.js";
import { KNOCK_CASES } from "./cases/member-knock.js";
import { POWER_LEVELS_CASES } from "./cases/power-levels.js";
import { ROOM_CASES } from "./cases/room.js";
import { THIRD_PARTY_CASES } from "./cases/third-party-invite.js";

const TABLES: Readonly<Record<string, readonly AuthCase[]>> = {
  "m.room.create": CREATE_CASES,
  "the room": ROOM_CASES,
  joining: JOIN_CASES,
  "other memberships": MEMBER_CASES,
  knocking: KNOCK_CASES,
  "third-party invites": THIRD_PARTY_CASES,
  "all other events": GENERAL_CASES,
  "m.room.power_levels": POWER_LEVELS_CASES,
};

/** Rules that `checkAuthEvents` decides, and those that qualify others: FED-AR-028 through 025-027, 080-083 through the comparisons. */
const ELSEWHERE = [9, 10, 11, 13, 28, 80, 81, 82, 83];

describe("authorise", () => {
  for (const [title, cases] of Object.entries(TABLES)) {
    describe(title, () => {
      for (const theCase of cases) {
        const verdict = theCase.allowed ? "allows" : "refuses";
        it(`${theCase.rule} ${verdict}: ${theCase.when} (versions ${theCase.versions})`, () => {
          for (const version of versionsIn(theCase.versions)) runAuthCase(theCase, version);
        });
      }
    });
  }

  it("has a case for every rule", () => {
    const covered = new Set(Object.values(TABLES).flatMap((cases) => cases.map((theCase) => theCase.rule)));
    const missing = Array.from({ length: 83 }, (_, index) => index + 1)
      .filter((number) => !ELSEWHERE.includes(number))
      .map((number) => `FED-AR-${String(number).padStart(3, "0")}` as const)
      .filter((rule) => !covered.has(rule));
    expect(missing).to.deep.equal([]);
  });
});
