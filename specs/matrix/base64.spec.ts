import { expect } from "chai";
import fc from "fast-check";
import { Base64Error, decodeBase64, encodeBase64, encodeUrlSafeBase64 } from "../../src/matrix/base64.js";
import vectors from "../vectors/base64.json" with { type: "json" };

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe("base64", () => {
  for (const [plain = "", encoded = ""] of vectors.cases) {
    it(`reproduces the published pair ${JSON.stringify(plain)} -> ${JSON.stringify(encoded)}`, () => {
      expect(encodeBase64(new TextEncoder().encode(plain))).to.equal(encoded);
      expect(text(decodeBase64(encoded))).to.equal(plain);
    });
  }

  it("writes the two characters in which the alphabets differ", () => {
    const bytes = Uint8Array.of(0xfb, 0xff, 0xbf);
    expect(encodeBase64(bytes)).to.equal("+/+/");
    expect(encodeUrlSafeBase64(bytes)).to.equal("-_-_");
  });

  it("takes padding and leftover bits", () => {
    expect(text(decodeBase64("Zg=="))).to.equal("f");
    expect(text(decodeBase64("Zm9vYmE="))).to.equal("fooba");
    expect(text(decodeBase64("Zh"))).to.equal("f");
  });

  for (const bad of [
    "Z",
    "Zm9vY",
    "Zg=",
    "Zg===",
    "Zm9v=",
    "=",
    "Z=g=",
    "Zg==Zg",
    "Zm 9v",
    "Zm9v\n",
    "+_",
    "Zm9v!",
    "é",
  ]) {
    it(`refuses ${JSON.stringify(bad)}`, () => {
      expect(() => decodeBase64(bad))
        .to.throw(Base64Error)
        .with.property("code", "BAD_BASE64");
    });
  }

  it("decodes what it encodes, in both alphabets", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(decodeBase64(encodeBase64(bytes))).to.deep.equal(bytes);
        expect(decodeBase64(encodeUrlSafeBase64(bytes))).to.deep.equal(bytes);
      }),
    );
  });
});
