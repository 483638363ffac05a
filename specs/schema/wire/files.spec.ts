import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { compileSchema, SCHEMA_FOLDER } from "../../../src/schema/schema-files.js";

const FOLDER = `${SCHEMA_FOLDER}/wire`;
const NAMES = readdirSync(FOLDER).map((file) => file.replace(/\.schema\.json$/, ""));

describe("schemas/wire", () => {
  it("has sound schemas, each with a title, an anchor and an id of its own", () => {
    for (const name of NAMES) {
      const schema = JSON.parse(readFileSync(`${FOLDER}/${name}.schema.json`, "utf8")) as { [key: string]: unknown };
      expect(schema.$id, name).to.equal(`https://concordat.invalid/wire/${name}.schema.json`);
      expect(schema.title, name).to.be.a("string").that.is.not.empty;
      expect(schema.$comment, name).to.match(/^(?:server-server-api|client-server-api|appendices|rooms\/v\d+)(?:#| )/);
      compileSchema(`wire/${name}`);
    }
  });

  it("never closes an object: unknown keys are legal", () => {
    for (const name of NAMES) {
      const text = readFileSync(`${FOLDER}/${name}.schema.json`, "utf8");
      expect(text, name).not.to.match(/"(?:additional|unevaluated)Properties": false/);
    }
  });
});
