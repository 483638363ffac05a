import { expect } from "chai";
import { buildCatalogue } from "../../src/scenario/catalogue.js";
import { scenarioSchema } from "../../src/scenario/schema.js";
import { createAjv } from "../../src/schema/validator.js";
import { CATALOGUE } from "../support/catalogue.js";

describe("scenario/schema", () => {
  const schema = scenarioSchema(CATALOGUE);
  const defs = schema.$defs as { readonly [name: string]: { readonly [key: string]: unknown } };

  it("is a sound JSON Schema 2020-12, of JSON alone", () => {
    expect(createAjv().validateSchema(schema)).to.equal(true);
    expect(JSON.parse(JSON.stringify(schema))).to.deep.equal(schema);
  });

  it("holds a closed definition for every step, check and behaviour, with its summary", () => {
    expect(Object.keys(defs)).to.include.members(["step-join", "check-refused", "behaviour-silent"]);
    expect(defs["step-join"]).to.deep.include({
      description: "A user joins a room",
      additionalProperties: false,
      required: ["do", "as", "room"],
    });
  });

  it("leaves the lint's own notes out", () => {
    expect(JSON.stringify(schema)).not.to.contain("refers-to");
  });

  it("can be made of an empty catalogue", () => {
    const nothing = {
      steps: [],
      checks: [],
      behaviours: [],
      endpointGroups: ["join"],
      defects: [],
      requirements: new Map(),
    };
    expect(() => createAjv().compile(scenarioSchema(buildCatalogue(nothing)))).not.to.throw();
  });

  const nothing = { steps: [], checks: [], behaviours: [], endpointGroups: [], defects: [], requirements: new Map() };

  it("refuses two definitions of one name", () => {
    const step = { name: "join", summary: "", input: {} };
    expect(() => buildCatalogue({ ...nothing, steps: [step, step] })).to.throw("two definitions are called join");
  });

  it("refuses an argument that is called like a word of the language", () => {
    const check = { name: "sees", summary: "", input: { properties: { of: {} } } };
    expect(() => buildCatalogue({ ...nothing, checks: [check] })).to.throw("sees has an argument called of");
    expect(() => buildCatalogue({ ...nothing, steps: [check] })).not.to.throw();
  });
});
