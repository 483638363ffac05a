import { expect } from "chai";
import { AuthoringError } from "../../src/schema/problem.js";
import { readSource } from "../../src/schema/source.js";

function complaints(text: string): string {
  try {
    readSource("f.yaml", text);
  } catch (error) {
    if (error instanceof AuthoringError) return error.message;
    throw error;
  }
  return "";
}

describe("schema/source", () => {
  const source = readSource("f.yaml", 'title: x\nsteps:\n  - { do: join, as: "june" }\n  - do: leave\n');

  it("gives the data as JSON", () => {
    expect(source.value).to.deep.equal({ title: "x", steps: [{ do: "join", as: "june" }, { do: "leave" }] });
  });

  it("knows where values and keys stand", () => {
    expect(source.placeOf(["steps", 0, "as"])).to.deep.equal({ file: "f.yaml", line: 3, column: 21 });
    expect(source.placeOfKey(["steps", 0, "as"])).to.deep.equal({ file: "f.yaml", line: 3, column: 17 });
    expect(source.placeOf(["steps", 1])).to.deep.equal({ file: "f.yaml", line: 4, column: 5 });
    expect(source.placeOfKey(["title"])).to.deep.equal({ file: "f.yaml", line: 1, column: 1 });
  });

  it("gives the nearest place around what is missing", () => {
    expect(source.placeOf(["steps", 1, "room", 0])).to.deep.equal({ file: "f.yaml", line: 4, column: 5 });
    expect(source.placeOf([])).to.deep.equal({ file: "f.yaml", line: 1, column: 1 });
  });

  it("refuses what is more than data, with its place", () => {
    expect(complaints("a: 1\na: 2\n")).to.equal("f.yaml:2:1: this key occurs twice in its map");
    expect(complaints("a: &x 1\nb: 2\n")).to.equal("f.yaml:1:7: anchors are not allowed: write it out");
    expect(complaints("a: &x 1\nb: *x\n")).to.contain("f.yaml:2:4: aliases are not allowed: write it out");
    expect(complaints("a: { <<: { b: 1 } }\n")).to.equal("f.yaml:1:6: merge keys are not allowed: write it out");
    expect(complaints("a: !secret 1\n")).to.match(/^f\.yaml:1:4: /);
    expect(complaints("? [a]\n: 1\n")).to.equal("f.yaml:1:3: a key must be plain text");
  });

  it("refuses numbers that JSON would change", () => {
    expect(complaints("a: .inf\n")).to.equal("f.yaml:1:4: JSON cannot carry this number: quote it");
    expect(complaints("a: 9223372036854775807\n")).to.equal("f.yaml:1:4: JSON cannot carry this number: quote it");
    expect(complaints("a: 9007199254740991\n")).to.equal("");
  });

  it("says where YAML itself is broken", () => {
    expect(complaints("a: [1, 2\nb: 3\n")).to.match(/^f\.yaml:\d+:\d+: \S/);
  });
});
