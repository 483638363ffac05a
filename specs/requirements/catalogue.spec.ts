import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { loadRequirements, readRequirements } from "../../src/requirements/catalogue.js";

const FOLDER = fileURLToPath(new URL("../../requirements", import.meta.url));

const AREA = `area: keys
code: KEY
title: Server keys
requirements:
  - id: FED-KEY-001
    level: must
    text: Keys are published
    anchor: server-server-api#publishing-keys
    since: r0.1
    seen-by: [probe]
    room-versions: none
  - { id: FED-KEY-002, level: may, derived: true, normative: algorithmic, text: More, anchor: rooms/v12, since: v1.16,
      seen-by: [static], room-versions: ["12"], rules: { "12": "1.2" }, check: look, not-tested: { code: white-box, reason: shown by nothing } }
`;

const read = (text: string) => readRequirements([{ file: "requirements/keys.yaml", text }]);

describe("requirements/catalogue", () => {
  it("reads an area", () => {
    const requirements = read(AREA);
    expect(requirements.get("FED-KEY-001")).to.deep.equal({
      id: "FED-KEY-001",
      area: "keys",
      level: "must",
      derived: false,
      normative: "keyword",
      text: "Keys are published",
      anchor: "server-server-api#publishing-keys",
      url: "https://spec.matrix.org/v1.19/server-server-api/#publishing-keys",
      since: "r0.1",
      seenBy: ["probe"],
      roomVersions: "none",
      place: { file: "requirements/keys.yaml", line: 5, column: 5 },
    });
    expect(requirements.get("FED-KEY-002")).to.deep.include({
      derived: true,
      normative: "algorithmic",
      rules: { "12": "1.2" },
      check: "look",
      notTested: { code: "white-box", reason: "shown by nothing" },
      roomVersions: ["12"],
    });
    expect(requirements.areas.map(({ code, title }) => [code, title])).to.deep.equal([["KEY", "Server keys"]]);
  });

  const BROKEN: readonly (readonly [what: string, from: string, to: string, complaint: string])[] = [
    ["an unknown level", "level: must", "level: shall", '6:12: `level` must be one of "must", "should", "may"'],
    [
      "a surplus key",
      "level: must",
      "level: must\n    colour: red",
      '7:5: item 1 of `requirements` must not have the property "colour"',
    ],
    ["a missing key", "    since: r0.1\n", "", '5:5: item 1 of `requirements` must have the property "since"'],
    ["a page that is none", "server-server-api#p", "server-api#p", "8:13: `anchor` must match pattern"],
    ["an id of another area", "FED-KEY-001", "FED-CJ-001", "5:9: `FED-CJ-001` must begin with `FED-KEY-`"],
    ["an id given twice", "FED-KEY-001", "FED-KEY-002", "12:11: `FED-KEY-002` is taken"],
    [
      "an area that is not the file's name",
      "area: keys",
      "area: locks",
      "1:7: `area` must be the file's name, not `locks`",
    ],
    ["broken YAML", "title: Server keys", "title: [", "1:"],
  ];

  for (const [what, from, to, complaint] of BROKEN) {
    it(`reports ${what} with its place`, () => {
      const expected = what === "broken YAML" ? "requirements/keys.yaml:" : `requirements/keys.yaml:${complaint}`;
      expect(() => read(AREA.replace(from, to))).to.throw(expected);
    });
  }

  it("reports what is wrong in every file at once", () => {
    const other = AREA.replace("area: keys", "area: other");
    const both = () =>
      readRequirements([
        { file: "keys.yaml", text: AREA.replace("level: must", "level: shall") },
        { file: "other.yaml", text: other.replace("since: r0.1", "since: 1") },
      ]);
    expect(both).to.throw(/keys\.yaml:6:12[\s\S]*other\.yaml:9:12/);
  });

  describe("as it stands", () => {
    const requirements = loadRequirements(FOLDER);
    const count = (pick: (each: { level: string; derived: boolean }) => boolean) =>
      [...requirements.values()].filter(pick).length;

    it("has the rows that the reading of the specification found", () => {
      expect(requirements.areas).to.have.length(49);
      expect(requirements.size).to.equal(995);
      expect(count(({ derived }) => derived)).to.equal(134);
      expect(count(({ level, derived }) => level === "must" && !derived)).to.equal(727);
      expect(count(({ level, derived }) => level === "should" && !derived)).to.equal(109);
      expect(count(({ level }) => level === "may")).to.equal(25);
    });

    it("numbers each area without gaps", () => {
      for (const { code, requirements: rows } of requirements.areas) {
        const ids = rows.map((_, index) => `FED-${code}-${String(index + 1).padStart(3, "0")}`);
        expect(rows.map(({ id }) => id)).to.deep.equal(ids);
      }
    });

    it("gives every authorisation rule its number in each of its room versions", () => {
      for (const { id, area, rules, roomVersions } of requirements.values()) {
        if (area !== "authorisation-rules") continue;
        const versions = roomVersions === "all" ? 12 : roomVersions.length;
        expect(Object.keys(rules ?? {}), id).to.have.length(versions);
      }
      expect(requirements.get("FED-AR-069")?.rules).to.deep.include({ "1": "10.3.2", "6": "9.3.2", "12": "10.6.2" });
      expect(requirements.get("FED-AR-003")?.roomVersions).to.deep.equal(["12"]);
    });
  });
});
