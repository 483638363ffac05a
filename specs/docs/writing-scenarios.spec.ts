import { readFileSync } from "node:fs";
import { expect } from "chai";
import { ownCatalogue } from "../../src/cli/catalogue.js";
import { ownRequirements } from "../../src/cli/project.js";
import { parseScenario } from "../../src/scenario/read-scenario.js";

describe("docs/writing-scenarios.md", () => {
  const text = readFileSync(new URL("../../docs/writing-scenarios.md", import.meta.url), "utf8");
  const [, example = ""] = /```yaml\n([\s\S]*?)```/u.exec(text) ?? [];

  it("holds a complete example that lints", () => {
    const scenario = parseScenario("scenarios/joining/strangers.yaml", example, ownCatalogue(ownRequirements()));
    expect(scenario.steps).to.have.length(1);
  });

  it("speaks of every key of a scenario", () => {
    const schema = JSON.parse(readFileSync(new URL("../../schemas/scenario.schema.json", import.meta.url), "utf8"));
    const keys = Object.keys(schema.properties).filter((key) => key !== "dag");
    for (const key of keys) expect(text, key).to.contain(`| \`${key}\` |`);
  });
});
