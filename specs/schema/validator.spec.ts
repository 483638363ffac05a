import { expect } from "chai";
import { compileValidator, problemLines } from "../../src/schema/validator.js";

const TRANSACTION = {
  type: "object",
  required: ["origin", "pdus"],
  additionalProperties: false,
  properties: {
    origin: { type: "string", format: "hostname" },
    kind: { enum: ["a", "b"] },
    format: { const: "concordat-run/1" },
    pdus: {
      type: "array",
      items: { type: "object", properties: { depth: { type: "integer" } } },
    },
  },
};

describe("schema/validator", () => {
  const validate = compileValidator(TRANSACTION);
  const lines = (value: unknown) => problemLines(validate(value));

  it("accepts a value that conforms", () => {
    expect(lines({ origin: "hs.example", pdus: [{ depth: 1, extra: true }] })).to.deep.equal([]);
  });

  it("says where and what in one line for each problem", () => {
    expect(lines({ origin: "hs.example", pdus: [{ depth: "1" }], kind: "c" })).to.deep.equal([
      '/kind must be one of "a", "b"',
      "/pdus/0/depth must be integer",
    ]);
  });

  it("names the property that is missing or too much, and the value wanted", () => {
    expect(lines({ pdus: [], surplus: 1, format: "x" })).to.have.members([
      '(the whole) must have the property "origin"',
      '(the whole) must not have the property "surplus"',
      '/format must be "concordat-run/1"',
    ]);
  });

  it("checks formats", () => {
    expect(lines({ origin: "not a host", pdus: [] })).to.deep.equal(['/origin must match format "hostname"']);
  });

  it("stops at the first problem when told so", () => {
    expect(compileValidator(TRANSACTION, { allErrors: false })({ surplus: 1 })).to.have.length(1);
  });

  it("tells of a union once, not once for each member", () => {
    const literals = compileValidator({ anyOf: [{ const: "a" }, { const: "b" }] });
    expect(problemLines(literals("c"))).to.deep.equal(['(the whole) must be one of "a", "b"']);
    const mixed = compileValidator({
      type: "object",
      properties: { x: { anyOf: [{ type: "string" }, { minimum: 3, type: "integer" }] } },
    });
    expect(problemLines(mixed({ x: 1 }))).to.deep.equal(["/x must be string, or must be >= 3"]);
  });

  it("lists the names that were possible instead of an additional one", () => {
    expect(validate({ origin: "hs.example", pdus: [], pdu: [] })[0]?.params.known).to.include("pdus");
  });

  it("refuses a schema with an unknown keyword", () => {
    expect(() => compileValidator({ type: "object", propertees: {} })).to.throw("propertees");
  });

  it("judges by the discriminator alone", () => {
    const verbs = compileValidator({
      type: "object",
      discriminator: { propertyName: "do" },
      required: ["do"],
      oneOf: [
        { properties: { do: { const: "join" }, room: { type: "string" } }, required: ["room"] },
        { properties: { do: { const: "leave" }, why: { type: "string" } }, required: ["why"] },
      ],
    });
    expect(problemLines(verbs({ do: "join" }))).to.deep.equal(['(the whole) must have the property "room"']);
  });
});
