import { expect } from "chai";
import fc from "fast-check";
import {
  CanonicalJsonError,
  canonicalJson,
  canonicalJsonBytes,
  nonCanonicalPlace,
  parseJson,
} from "../../src/matrix/canonical-json.js";
import type { JsonValue } from "../../src/matrix/json.js";
import vectors from "../vectors/canonical-json.json" with { type: "json" };

const wellFormed = fc.string({ unit: "binary", maxLength: 8 }).filter((text) => !/\p{Surrogate}/u.test(text));
const { value: anyValue } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    wellFormed,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(wellFormed, tie("value"), { maxKeys: 5 }),
  ),
}));

function parsed(text: string): JsonValue {
  const result = parseJson(new TextEncoder().encode(text));
  if ("error" in result) throw new Error(result.error);
  return result.value;
}

describe("canonical JSON", () => {
  for (const [input = "", output] of [...vectors.published, ...vectors.derived]) {
    it(`encodes ${JSON.stringify(input.slice(0, 40))}`, () => expect(canonicalJson(parsed(input))).to.equal(output));
  }

  it("orders keys by code point where UTF-16 order is the reverse", () => {
    expect(Object.keys({ "\u{1f600}": 0, "\uff5e": 0 }).sort()).to.deep.equal(["\u{1f600}", "\uff5e"]);
    expect(canonicalJson({ "\u{1f600}": 0, "\uff5e": 0 })).to.equal('{"\uff5e":0,"\u{1f600}":0}');
  });

  it("keeps a member called __proto__ and one called constructor", () => {
    expect(canonicalJson(parsed('{"constructor":1,"__proto__":{"a":1}}'))).to.equal(
      '{"__proto__":{"a":1},"constructor":1}',
    );
  });

  it("takes undefined members for absent ones", () =>
    expect(canonicalJson({ a: undefined, b: 1 })).to.equal('{"b":1}'));

  const refused: readonly [string, JsonValue, string, string][] = [
    ["a float", { a: [1, 1.5] }, "float", "/a/1"],
    ["2^53", { a: 2 ** 53 }, "integer-out-of-range", "/a"],
    ["-2^53", -(2 ** 53), "integer-out-of-range", ""],
    ["infinity", { "a/b~": Number.POSITIVE_INFINITY }, "non-finite", "/a~1b~0"],
    ["NaN", [Number.NaN], "non-finite", "/0"],
    ["a lone surrogate", { a: "\ud800" }, "lone-surrogate", "/a"],
    ["a lone surrogate in a key", { "\udc00": 1 }, "lone-surrogate", "/\udc00"],
  ];
  for (const [name, value, code, path] of refused) {
    it(`refuses ${name}`, () => {
      expect(() => canonicalJson(value))
        .to.throw(CanonicalJsonError)
        .include({ code, path });
      expect(nonCanonicalPlace(value)).to.deep.equal({ path, reason: code });
    });
  }

  it("leniently encodes floats, large integers and lone surrogates, but nothing that is not finite", () => {
    const value = { float: 1.5, large: 2 ** 70, text: "\ud800" };
    const lenient = '{"float":1.5,"large":1180591620717411303424,"text":"\\ud800"}';
    expect(canonicalJson(value, { lenient: true })).to.equal(lenient);
    expect(() => canonicalJson([Number.NaN], { lenient: true })).to.throw(CanonicalJsonError);
  });

  it("finds nothing wrong with the limits of the integers", () => {
    expect(nonCanonicalPlace([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, -0])).to.equal(undefined);
  });

  it("survives a round trip", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const once = canonicalJson(value);
        expect(canonicalJson(parsed(once))).to.equal(once);
        expect(new TextDecoder().decode(canonicalJsonBytes(value))).to.equal(once);
      }),
    );
  });

  it("does not depend on the order of members", () => {
    fc.assert(
      fc.property(fc.dictionary(wellFormed, anyValue, { maxKeys: 8 }), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalJson(reversed)).to.equal(canonicalJson(object));
      }),
    );
  });

  it("orders keys as their UTF-32 code points", () => {
    fc.assert(
      fc.property(fc.uniqueArray(wellFormed, { minLength: 2, maxLength: 10 }), (keys) => {
        const encoded = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
        const written = [...encoded.matchAll(/("(?:[^"\\]|\\.)*"):0/g)].map(
          ([, key = ""]) => JSON.parse(key) as string,
        );
        expect(written).to.deep.equal([...keys].sort(byUtf8));
      }),
    );
  });
});

// UTF-8 bytes order as code points do.
function byUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));
}
