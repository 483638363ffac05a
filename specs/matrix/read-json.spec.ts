import { expect } from "chai";
import { JSON_LIMITS, readJson } from "../../src/matrix/read-json.js";

const bytes = (text: string) => Buffer.from(text, "utf8");
const nested = (depth: number) => bytes("[".repeat(depth) + "]".repeat(depth));

describe("matrix/read-json", () => {
  it("reads JSON", () => {
    expect(readJson(bytes(' {"a":[1,null,"é\\"["]} '))).to.deep.equal({ a: [1, null, 'é"['] });
    expect(readJson(bytes("0"))).to.equal(0);
  });

  const NONE: readonly (readonly [what: string, body: Uint8Array])[] = [
    ["nothing", new Uint8Array()],
    ["text", bytes("<html>")],
    ["a text that was cut", bytes('{"a":')],
    ["a byte order mark", bytes("\ufeff{}")],
    ["bytes that are no UTF-8", Buffer.from([0x22, 0xff, 0x22])],
    ["a value nested too deeply", nested(JSON_LIMITS.depth + 1)],
    ["a million brackets", bytes("[".repeat(1_000_000))],
    ["a text that is too long", bytes(`"${"x".repeat(JSON_LIMITS.bytes)}"`)],
  ];
  for (const [what, body] of NONE) it(`takes ${what} for no JSON`, () => expect(readJson(body)).to.equal(undefined));

  it("reads up to its limits, and counts no bracket within a string", () => {
    expect(JSON.stringify(readJson(nested(JSON_LIMITS.depth)))).to.equal(nested(JSON_LIMITS.depth).toString());
    expect(readJson(bytes(`["\\"${"[".repeat(2000)}"]`))).to.deep.equal([`"${"[".repeat(2000)}`]);
    expect(readJson(bytes(`[${"[],".repeat(5000)}[]]`))).to.have.length(5001);
  });

  it("gives members of any name, and no other prototype", () => {
    const value = readJson(bytes('{"__proto__":{"polluted":true},"constructor":1}')) as Record<string, unknown>;
    expect(Object.keys(value)).to.deep.equal(["__proto__", "constructor"]);
    expect(value.polluted).to.equal(undefined);
  });
});
