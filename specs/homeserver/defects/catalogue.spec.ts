import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { DEFECTS } from "../../../src/homeserver/defects/catalogue.js";
import { FORGOTTEN_RULES } from "../../../src/homeserver/defects/forgotten-rules.js";

const HOMESERVER = "src/homeserver";

/** Names of faults that the server's code asks about; a template stands for each of its memberships. */
function consulted(): ReadonlySet<string> {
  const files = readdirSync(HOMESERVER, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const names = new Set<string>();
  for (const file of files) {
    const source = readFileSync(join(HOMESERVER, file), "utf8");
    for (const [, name] of source.matchAll(/\bhas\("([a-z0-9-]+)"\)/g)) if (name !== undefined) names.add(name);
  }
  return names;
}

describe("the catalogue of defects", () => {
  it("names each defect once, in kebab-case, with a requirement", () => {
    const names = DEFECTS.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    for (const { name, summary, requirement } of DEFECTS) {
      expect(name).to.match(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(summary.length, name).to.be.greaterThan(10);
      expect(requirement, name).to.match(/^FED-[A-Z0-9]+-\d{3}$/);
    }
  });

  it("holds exactly the defects that the server's code asks about, and the forgotten rules, of which it asks about all", () => {
    const asked = [...new Set([...consulted(), ...FORGOTTEN_RULES.map(({ name }) => name)])].sort();
    expect(DEFECTS.map(({ name }) => name).sort()).to.deep.equal(asked);
  });
});
