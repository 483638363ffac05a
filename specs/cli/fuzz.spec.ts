import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { PACKAGE_FOLDER } from "../../src/cli/project.js";
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

  const resolver = (fault: string) => [
    "--resolver",
    `exec node --import ${PACKAGE_FOLDER}node_modules/tsx/dist/esm/index.mjs ${PACKAGE_FOLDER}specs/support/stand-in-resolver.ts ${fault}`,
  ];

  it("puts resolutions to a resolver, and tells how many answers each reading of the text gives", () =>
    inTemporaryFolder(async (folder) => {
      const args = ["--room-version", "11", "--count", "2", "--seed", "cli", "--workers", "1", "--out", "found"];
      const { exit, out, err } = await cli([...FUZZ, ...resolver("none"), ...args], folder);
      expect(err).to.match(/^2 rooms for exec node/);
      expect(out).to.match(/^2 of 2 rooms, (\d+) resolutions: \1 by the text, 0 differ/);
      expect(out).to.match(/^always read so: \d+ of \d+ — auth chains hold the state's own events$/m);
      expect(exit).to.equal(0);
      expect(existsSync(join(folder, "found"))).to.equal(false);
    }));

  it("writes down what a resolver gets wrong, as it was found or made smaller", () =>
    inTemporaryFolder(async (folder) => {
      const args = ["--room-version", "11", "--only", "1", "--seed", "cli", "--workers", "1", "--sets", "made"];
      const wrong = [...FUZZ, ...resolver("newest"), ...args];
      const { exit, out } = await cli([...wrong, "--out", "small"], folder);
      expect(exit, out).to.equal(1);
      expect(out).to.match(/^repeat: concordat fuzz state-resolution --resolver "exec node .*--sets made .*--only 1$/m);
      const [found = ""] = readdirSync(join(folder, "small"));
      const files = ["case.md", "finding.json", "question.ndjson"];
      expect(readdirSync(join(folder, "small", found)).sort()).to.deep.equal(files);
      const read = (place: string, name: string) => readFileSync(join(folder, place, found, name), "utf8");
      expect(read("small", "case.md")).to.contain("graph TD").and.to.contain("By the text").and.to.contain("FED-SR2-");
      await cli([...wrong, "--as-found", "--out", "large"], folder);
      expect(read("small", "question.ndjson").length).to.be.lessThan(read("large", "question.ndjson").length);
    }));

  it("settles nothing where a resolver is silent, and gives up where it never answers", () =>
    inTemporaryFolder(async (folder) => {
      const args = ["--room-version", "11", "--seed", "cli", "--workers", "1", "--sets", "made"];
      const silent = await cli([...FUZZ, ...resolver("hang"), ...args, "--only", "1", "--deadline", "3"], folder);
      expect(silent.err).to.contain("is not settled: no answer within 3000 ms");
      expect(silent.exit).to.equal(3);
      const gone = await cli([...FUZZ, ...resolver("never"), ...args, "--count", "9"], folder);
      expect(gone.err).to.contain("the resolver has answered nothing");
      expect(gone.exit).to.equal(2);
    }));

  it("refuses numbers, versions, defects and folders that make no sense", () =>
    inTemporaryFolder(async (folder) => {
      for (const [args, complaint] of [
        [["--count", "0"], "--count takes a whole number of at least 1"],
        [["--only", "1.5"], "--only takes a whole number of at least 1"],
        [["--room-version", "13"], "--room-version 13: there is no such room version"],
        [["--defect", "none"], "--defect none: there is no such defect"],
        [["--out", "."], "it exists already"],
        [["--resolver", "true", "--defect", "x"], "--image and --defect are for servers"],
        [["--resolver", "true", "--deadline", "0"], "--deadline takes a number of seconds above 0"],
        [["--resolver", "true", "--out", "."], "it exists already"],
      ] as const) {
        const { exit, err } = await cli([...FUZZ, ...args], folder);
        expect(err).to.contain(complaint);
        expect(exit).to.equal(2);
      }
    }));
});
