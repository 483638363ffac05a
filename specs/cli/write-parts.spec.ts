import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { writeParts } from "../../src/cli/write-parts.js";
import { inTemporaryFolder } from "../support/temporary-folder.js";

describe("cli/write-parts", () => {
  it("writes the parts one after the other, in place of what is there", () =>
    inTemporaryFolder((folder) => {
      const file = join(folder, "text");
      writeFileSync(file, "what was there before, and is longer than nothing");
      writeParts(file, []);
      expect(readFileSync(file, "utf8")).to.equal("");
      const parts = Array.from({ length: 2000 }, (_, at) => `${"é".repeat(at)}\n`);
      writeParts(file, parts);
      expect(readFileSync(file, "utf8")).to.equal(parts.join(""));
    }));
});
