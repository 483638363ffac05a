import { expect } from "chai";
import { brokenFences, staleRows, terminalUses, unspecified } from "./support/fences.js";
import { EXCEPTIONS, LAYERS } from "./support/layers.js";
import { sourceFile, sourceFiles } from "./support/source-files.js";

describe("architecture", () => {
  const files = sourceFiles("src");
  const specs = sourceFiles("specs");

  it("imports only downwards, keeps matrix/ pure and files short", () => {
    expect(brokenFences(files)).to.deep.equal([]);
    expect(brokenFences(specs).filter((line) => line.includes(" lines, "))).to.deep.equal([]);
  });

  it("has a row for every folder and a folder for every row", () => {
    expect(staleRows(files)).to.deep.equal([]);
  });

  it("uses the terminal and the environment in cli/ alone, but for the exceptions, each still needed", () => {
    const allowed = EXCEPTIONS.map(({ file, uses }) => ({ file, uses }));
    expect(terminalUses(files)).to.have.deep.members(allowed);
  });

  it("has a spec for every step and every check", () => {
    expect(unspecified(files, specs)).to.deep.equal([]);
  });

  describe("its fences", () => {
    it("notice an import upwards, of types too", () => {
      const text = 'import type { Run } from "../runner/run.js";\nexport { x } from "../evidence/x.js";\n';
      expect(brokenFences([sourceFile("lab/tap.ts", text)])).to.deep.equal([
        "lab/tap.ts imports upwards: runner/run.js",
      ]);
    });

    it("notice I/O in matrix/", () => {
      const text = 'import { createHash } from "node:crypto";\nconst fs = await import("node:fs");\n';
      expect(brokenFences([sourceFile("matrix/keys.ts", text)])).to.deep.equal([
        "matrix/keys.ts is to be pure and imports node:fs",
      ]);
    });

    it("notice a file too long", () => {
      expect(brokenFences([sourceFile("lab/tap.ts", "x;\n".repeat(300))])).to.deep.equal([]);
      expect(brokenFences([sourceFile("lab/tap.ts", "x;\n".repeat(301))])).to.have.length(1);
    });

    it("notice the terminal outside cli/, and not in comments", () => {
      const text = "// console.log\n/* process.env */\nconsole.log(process.env.HOME);\n";
      expect(terminalUses([sourceFile("lab/tap.ts", text), sourceFile("cli/io.ts", text)])).to.deep.equal([
        { file: "lab/tap.ts", uses: "console" },
        { file: "lab/tap.ts", uses: "process.env" },
      ]);
    });

    it("notice rows and folders without each other", () => {
      const every = LAYERS.map((layer) => sourceFile(`${layer}/x.ts`, ""));
      expect(staleRows(every)).to.deep.equal([]);
      expect(staleRows(every.slice(1))).to.deep.equal(["the row cli has no folder in src/"]);
      expect(staleRows([...every, sourceFile("utils/x.ts", "")])).to.deep.equal(["src/utils has no row"]);
    });

    it("notice steps and checks without a spec", () => {
      const step = sourceFile(
        "steps/rooms.ts",
        "export const join = defineStep({});\nexport const ban = defineStep({});\n",
      );
      expect(unspecified([step], [])).to.deep.equal(["steps/rooms.ts has no spec"]);
      const spec = sourceFile("steps/rooms.spec.ts", "describe(join.name);");
      expect(unspecified([step], [spec])).to.deep.equal(["steps/rooms.ts: no spec of ban"]);
    });
  });
});
