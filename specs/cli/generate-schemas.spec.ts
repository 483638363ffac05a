import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { generateSchemas, SCENARIO_SCHEMA, scenarioSchemaText } from "../../src/cli/generate-schemas.js";
import { inTemporaryFolder, put } from "../support/temporary-folder.js";

const silent = { out: () => {}, err: () => {}, cwd: "" };

describe("cli/generate-schemas", () => {
  it("has been run: the committed schema is fresh", () => {
    expect(readFileSync(SCENARIO_SCHEMA, "utf8") === scenarioSchemaText(), "run `npm run generate`").to.equal(true);
  });

  it("writes a stale file, and only complains of it under --check", () =>
    inTemporaryFolder((folder) => {
      const file = join(folder, "scenario.schema.json");
      expect(generateSchemas(["--check"], silent, file)).to.equal(1);
      expect(existsSync(file)).to.equal(false);
      put(folder, "scenario.schema.json", "{}");
      expect(generateSchemas(["--check"], silent, file)).to.equal(1);
      expect(generateSchemas([], silent, file)).to.equal(0);
      expect(readFileSync(file, "utf8")).to.equal(scenarioSchemaText());
      expect(generateSchemas(["--check"], silent, file)).to.equal(0);
    }));
});
