import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { folderArchive } from "../../src/targets/drivers/folder-archive.js";

describe("targets/drivers/folder-archive", () => {
  it("is an archive that tar can read, of folders for everybody", () => {
    const listed = execFileSync("tar", ["-tvf", "-"], { input: folderArchive(["/data", "/var/lib/x"]) }).toString();
    const lines = listed.trimEnd().split("\n");
    expect(lines.map((line) => line.split(/\s+/).at(-1))).to.deep.equal(["data/", "var/lib/x/"]);
    expect(lines.every((line) => line.startsWith("drwxrwxrwt"))).to.equal(true);
  });
});
