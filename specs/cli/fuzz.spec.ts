import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { cli } from "../support/run-cli.js";
import { inTemporaryFolder } from "../support/temporary-folder.js";

const FUZZ = ["fuzz", "state-resolution"] as const;

describe("cli/fuzz", function () {
  this.timeout(120_000);

  it("exits with 0 where nothing differs, and leaves no folder", () =>
    inTemporaryFolder(async (folder) => {
      const args = [...FUZZ, "--room-version", "10", "--count", "2", "--seed", "cli", "--out", "found"];
      const { exit, out, err } = await cli(args, folder);
      expect(err).to.match(/^2 histories for hs1/);
      expect(out).to.contain("2 of 2 histories played: 0 differ");
      expect(exit).to.equal(0);
      expect(existsSync(join(folder, "found"))).to.equal(false);
    }));

  it("exits with 1 where something differs, and prints where it is and how to play it again", () =>
    inTemporaryFolder(async (folder) => {
      const defect = ["--defect", "last-writer-wins"];
      const numbers = ["--room-version", "11", "--only", "2", "--seed", "last-writer-wins"];
      const { exit, out } = await cli([...FUZZ, ...defect, ...numbers, "--out", "found"], folder);
      expect(exit, out).to.equal(1);
      expect(out).to.contain("differs: found/v11-2");
      expect(out).to.contain(
        "repeat: concordat fuzz state-resolution --target embedded --defect last-writer-wins --room-version 11 --seed last-writer-wins --only 2",
      );
      const files = ["exchanges.ndjson", "history.json", "history.md", "scenario.yaml"];
      expect(readdirSync(join(folder, "found", "v11-2")).sort()).to.deep.equal(files);
      const { original } = JSON.parse(readFileSync(join(folder, "found", "v11-2", "history.json"), "utf8"));
      expect(original.roomVersion).to.equal("11");
    }));

  it("refuses numbers, versions, defects and folders that make no sense", () =>
    inTemporaryFolder(async (folder) => {
      for (const [args, complaint] of [
        [["--count", "0"], "--count takes a whole number of at least 1"],
        [["--only", "1.5"], "--only takes a whole number of at least 1"],
        [["--room-version", "13"], "--room-version 13: there is no such room version"],
        [["--defect", "none"], "--defect none: there is no such defect"],
        [["--out", "."], "it exists already"],
      ] as const) {
        const { exit, err } = await cli([...FUZZ, ...args], folder);
        expect(err).to.contain(complaint);
        expect(exit).to.equal(2);
      }
    }));
});
