import { readdirSync } from "node:fs";
import { expect } from "chai";
import { cli } from "../support/run-cli.js";
import { inTemporaryFolder } from "../support/temporary-folder.js";

describe("cli/main", () => {
  it("prints help and version to standard output", async () => {
    const help = await cli(["--help"]);
    expect(help.exit).to.equal(0);
    expect(help.out).to.contain("concordat explain <id>");
    expect(help.err).to.equal("");
    expect(await cli(["--version"])).to.include({ exit: 0, err: "" });
  });

  const WRONG: readonly (readonly [args: readonly string[], complaint: string])[] = [
    [[], "a command is needed"],
    [["frobnicate"], "Unknown command: frobnicate"],
    [["list", "steps", "--colour"], "Unknown argument: colour"],
    [["list", "planets"], 'Given: "planets"'],
    [["list"], "Not enough non-option arguments"],
    [["init", "a", "b"], "Unknown command: b"],
  ];

  for (const [args, complaint] of WRONG) {
    it(`refuses \`concordat ${args.join(" ")}\` with the usage, and writes nothing`, () =>
      inTemporaryFolder(async (folder) => {
        const { exit, out, err } = await cli(args, folder);
        expect(exit).to.equal(2);
        expect(out).to.equal("");
        expect(err).to.contain(complaint).and.to.contain("concordat");
        expect(readdirSync(folder)).to.deep.equal([]);
      }));
  }
});
