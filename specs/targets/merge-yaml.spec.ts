import { expect } from "chai";
import { parse } from "yaml";
import { mergeYaml } from "../../src/targets/merge-yaml.js";

const FILES = { base: "base.yaml", over: "over.yaml" };

describe("targets/merge-yaml", () => {
  it("merges mappings key by key and replaces the rest", () => {
    const merged = mergeYaml("a: { b: 1, c: [1, 2] }\nd: x", "a: { c: [3], e: { f: 1 } }\nd: { g: 1 }", FILES);
    expect(parse(merged)).to.deep.equal({ a: { b: 1, c: [3], e: { f: 1 } }, d: { g: 1 } });
  });

  it("takes away what is null", () => {
    expect(parse(mergeYaml("a: 1\nb: { c: 1, d: 2 }", "a: null\nb: { c: null }", FILES))).to.deep.equal({
      b: { d: 2 },
    });
  });

  it("keeps strings strings", () => {
    expect(parse(mergeYaml('a: "127.0.0.1:8448"\nb: "1"\nc: "true"', "d: 1", FILES))).to.deep.equal({
      ...{ a: "127.0.0.1:8448", b: "1", c: "true", d: 1 },
    });
  });

  it("says which of the two cannot be read", () => {
    expect(() => mergeYaml("a: 1", "a: [1", FILES))
      .to.throw("over.yaml:1")
      .with.property("code", "template");
  });
});
