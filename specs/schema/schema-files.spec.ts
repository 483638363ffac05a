import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { compileSchema, schemaLoader } from "../../src/schema/schema-files.js";
import { problemLines } from "../../src/schema/validator.js";

describe("schema/schema-files", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "schemas-"));
    mkdirSync(join(folder, "wire"));
    const write = (name: string, schema: object) => writeFileSync(join(folder, name), JSON.stringify(schema));
    write("wire/list.schema.json", { type: "array", items: { $ref: "../thing.schema.json#/$defs/thing" } });
    write("thing.schema.json", { $defs: { thing: { $ref: "part.schema.json" } } });
    write("part.schema.json", { type: "integer" });
    write("dangling.schema.json", { $ref: "nowhere.schema.json" });
    write("array.schema.json", []);
  });
  after(() => rmSync(folder, { recursive: true }));

  it("follows references from file to file", () => {
    const validate = schemaLoader(folder)("wire/list");
    expect(validate([1])).to.deep.equal([]);
    expect(problemLines(validate([1, "2"]))).to.deep.equal(["/1 must be integer"]);
  });

  it("compiles each schema once", () => {
    const load = schemaLoader(folder);
    expect(load("part")).to.equal(load("part"));
  });

  it("throws for a file that is missing, referred to in vain, or no schema", () => {
    const load = schemaLoader(folder);
    expect(() => load("nothing")).to.throw("nothing.schema.json");
    expect(() => load("dangling")).to.throw("nowhere.schema.json");
    expect(() => load("array")).to.throw("not a JSON object");
    expect(() => compileSchema("no-such-schema")).to.throw("no-such-schema");
  });
});
