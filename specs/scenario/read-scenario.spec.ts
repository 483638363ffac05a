import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parseScenario, readScenario, ScenarioError } from "../../src/scenario/read-scenario.js";
import { CATALOGUE, SCENARIO } from "../support/catalogue.js";

const FILE = "scenarios/joining/refused.yaml";

describe("scenario/read-scenario", () => {
  it("turns a file into a scenario with its defaults filled in", () => {
    const scenario = parseScenario(FILE, SCENARIO, CATALOGUE);
    expect(scenario).to.deep.equal({
      id: "joining/refused",
      file: FILE,
      title: "Strangers are turned away",
      purpose: "A closed room stays closed.",
      covers: ["FED-JOIN-001"],
      roomVersions: ["10", "11"],
      preset: "testing",
      exclusive: false,
      deadlineMs: 30_000,
      seats: {
        owner: { kind: "target", allows: [], behaviours: [] },
        guest: { kind: "peer", allows: ["join"], behaviours: [{ name: "silent", endpoint: "state" }] },
      },
      cast: { olivia: { at: "owner", settings: {} }, june: { at: "guest", settings: {} } },
      given: [
        {
          id: "hall",
          do: "create-room",
          arguments: { as: "olivia", id: "hall", version: `$${"{room_version}"}`, preset: "private" },
          expect: [],
          place: { file: FILE, line: 12, column: 5 },
        },
      ],
      steps: [
        {
          id: "outsider",
          title: "June is turned away",
          do: "join",
          arguments: { as: "june", room: "hall", via: "owner" },
          expect: [
            {
              check: "refused",
              arguments: { status: 403 },
              level: "must",
              requirement: "FED-JOIN-001",
              of: "owner",
              impact: "unknown",
              place: { file: FILE, line: 21, column: 9 },
            },
          ],
          place: { file: FILE, line: 14, column: 5 },
        },
      ],
      detects: ["grants-everything"],
    });
  });

  it("reads files, and reports YAML's own errors with their place", () => {
    const folder = mkdtempSync(join(tmpdir(), "scenario-"));
    const file = join(folder, "refused.yaml");
    try {
      writeFileSync(file, SCENARIO);
      expect(readScenario(file, CATALOGUE).file).to.equal(file);
      writeFileSync(file, `${SCENARIO}detects: []\n`);
      expect(() => readScenario(file, CATALOGUE))
        .to.throw(ScenarioError, `${file}:23:1: this key occurs twice in its map`)
        .with.property("code", "SCENARIO");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("passes on what the file system says", () => {
    expect(() => readScenario("/nowhere/at/all.yaml", CATALOGUE)).to.throw("ENOENT");
  });
});
