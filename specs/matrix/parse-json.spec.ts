import { expect } from "chai";
import fc from "fast-check";
import { parseJson, remarksUnder } from "../../src/matrix/parse-json.js";

const bytes = (text: string) => new TextEncoder().encode(text);

function remarks(text: string): readonly object[] {
  const result = parseJson(bytes(text));
  return "error" in result ? [result] : result.remarks;
}

describe("parseJson", () => {
  it("agrees with JSON.parse on every JSON text", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.constantFrom(undefined, 2, "\t"), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        const result = parseJson(bytes(spaced));
        expect("value" in result && JSON.stringify(result.value)).to.equal(JSON.stringify(JSON.parse(spaced)));
      }),
    );
  });

  it("accepts and refuses exactly what JSON.parse does among near misses", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"',
      "1",
      "-",
      "0",
      ".",
      "e",
      "true",
      "nul",
      " ",
      "\\",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        expect("value" in parseJson(bytes(text)), text).to.equal(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  const noted: readonly [string, string, object[]][] = [
    ["a duplicate key", '{"é":1,"a":{"b":1,"b":2}}', [{ kind: "duplicate-key", offset: 19, path: "/a/b" }]],
    ["a duplicate key in two spellings", '{"a":1,"\\u0061":2}', [{ kind: "duplicate-key", offset: 7, path: "/a" }]],
    ["a decimal point", "[0,1.0]", [{ kind: "float-spelling", offset: 3, path: "/1" }]],
    ["an exponent", '{"a":1E2}', [{ kind: "float-spelling", offset: 5, path: "/a" }]],
    ["negative zero", "-0", [{ kind: "negative-zero", offset: 0, path: "" }]],
    ["2^53", "[9007199254740992]", [{ kind: "number-out-of-range", offset: 1, path: "/0" }]],
    ["a lone surrogate", '{"a":"\\ud800"}', [{ kind: "lone-surrogate", offset: 5, path: "/a" }]],
    ["nothing where there is nothing", '{"a":[1,-1,"\\ud83d\\ude00",{"b":2}],"b":9007199254740991}', []],
  ];
  for (const [name, text, expected] of noted) {
    it(`notes ${name}`, () => expect(remarks(text)).to.deep.equal(expected));
  }

  it("lets the last of duplicate keys win", () => {
    expect(parseJson(bytes('{"a":1,"a":2}'))).to.have.deep.property("value", { a: 2 });
  });

  it("notes where UTF-8 is broken, in the middle and at the end", () => {
    const broken = Uint8Array.of(...bytes('["é'), 0xc3, 0x28, ...bytes('"]'));
    expect(parseJson(broken)).to.deep.include({ remarks: [{ kind: "invalid-utf-8", offset: 4, path: "" }] });
    expect(parseJson(Uint8Array.of(...bytes('"\ufffd"')))).to.deep.equal({ value: "\ufffd", remarks: [] });
  });

  const refused: readonly [string, string, number][] = [
    ["nothing", "", 0],
    ["two values", "1 2", 2],
    ["a trailing comma", '{"a":1,}', 7],
    ["a leading zero", "[01]", 2],
    ["a control character in a string", '["é\n"]', 4],
    ["an unknown escape", '"\\x"', 0],
    ["a short escape", '"\\u12"', 0],
    ["an open string", '"abc', 4],
    ["an open string after a backslash", '"abc\\', 5],
    ["NaN", "NaN", 0],
    ["a byte order mark", "\ufeff1", 0],
    ["single quotes", "{'a':1}", 1],
  ];
  for (const [name, text, offset] of refused) {
    it(`refuses ${name}`, () => expect(parseJson(bytes(text))).to.have.property("offset", offset));
  }

  it("stops at the depth limit instead of running out of stack", () => {
    expect(parseJson(bytes("[[[]]]"), { maxDepth: 3 })).to.have.property("value");
    expect(parseJson(bytes("[[[[]]]]"), { maxDepth: 3 })).to.deep.equal({ error: "nested too deeply", offset: 3 });
    expect(parseJson(bytes("[".repeat(1_000_000)))).to.have.property("error", "nested too deeply");
  });

  it("keeps __proto__ as a member", () => {
    const result = parseJson(bytes('{"__proto__":{"polluted":true}}'));
    expect("value" in result && JSON.stringify(result.value)).to.equal('{"__proto__":{"polluted":true}}');
    expect({}).not.to.have.property("polluted");
  });

  it("keeps a bounded number of remarks", () => {
    expect(remarks(`[${"1.0,".repeat(5000)}1]`)).to.have.length(100);
  });

  it("attributes remarks to the value that holds them", () => {
    const all = [
      { kind: "float-spelling", offset: 0, path: "/pdus/1/content/a" },
      { kind: "float-spelling", offset: 1, path: "/pdus/10" },
    ] as const;
    expect(remarksUnder(all, "/pdus/1")).to.deep.equal([all[0]]);
    expect(remarksUnder(all, "/pdus/2")).to.deep.equal([]);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
