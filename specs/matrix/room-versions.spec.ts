import { expect } from "chai";
import {
  isRoomVersion,
  ROOM_VERSIONS,
  type RoomVersionRules,
  roomVersionRules,
  UnknownRoomVersionError,
} from "../../src/matrix/room-versions.js";

// One character or value for each of the versions 1 to 12, transcribed from the room version pages, not from the table under test.
const EXPECTED: { readonly [K in keyof RoomVersionRules]?: readonly RoomVersionRules[K][] } = {
  eventIds: [...times(2, "field" as const), "hash-standard", ...times(9, "hash-url-safe" as const)],
  references: [...times(2, "pairs" as const), ...times(10, "ids" as const)],
  roomIds: [...times(11, "domain" as const), "create-hash"],
  createInAuthEvents: flags("111111111110"),
  strictCanonicalJson: flags("000001111111"),
  maxDepth: [...times(5, 2 ** 63), ...times(7, 2 ** 53 - 1)],
  enforcesKeyValidity: flags("000011111111"),
  powerLevels: [
    ...times(5, "integers-strings-floats" as const),
    ...times(4, "integers-strings" as const),
    ...times(3, "integers" as const),
  ],
  checksNotifications: flags("000001111111"),
  aliasesRule: flags("111110000000"),
  redactionByAuthRule: flags("110000000000"),
  redactsIn: [...times(10, "top-level" as const), ...times(2, "content" as const)],
  knock: flags("000000111111"),
  restricted: flags("000000011111"),
  knockRestricted: flags("000000000111"),
  creatorIn: [...times(10, "content" as const), ...times(2, "sender" as const)],
  privilegedCreators: flags("000000000001"),
  stateResolution: ["v1", ...times(10, "v2" as const), "v2.1"],
};

describe("room versions", () => {
  it("are twelve", () => {
    expect(ROOM_VERSIONS).to.deep.equal(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]);
    for (const id of ROOM_VERSIONS) expect(roomVersionRules(id).id).to.equal(id);
  });

  for (const [property, values] of Object.entries(EXPECTED)) {
    it(`differ in ${property} as their pages say`, () => {
      expect(ROOM_VERSIONS.map((id) => roomVersionRules(id)[property as keyof RoomVersionRules])).to.deep.equal(values);
    });
  }

  it("leave no property of the table unchecked but id and redaction", () => {
    const others = Object.keys(roomVersionRules("1")).filter((key) => key !== "id" && key !== "redaction");
    expect(Object.keys(EXPECTED)).to.have.members(others);
  });

  it("are opaque strings: nothing near a known one is known", () => {
    for (const id of ["", "0", "13", "01", "1.0", " 1", "12 ", "constructor", "org.matrix.hydra.11"]) {
      expect(isRoomVersion(id), id).to.equal(false);
      expect(() => roomVersionRules(id))
        .to.throw(UnknownRoomVersionError)
        .with.property("roomVersion", id);
    }
    expect(isRoomVersion("12")).to.equal(true);
  });
});

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

function flags(digits: string): boolean[] {
  return [...digits].map((digit) => digit === "1");
}
