import { createHash } from "node:crypto";
import * as ed from "@noble/ed25519";
import { expect } from "chai";
import fc from "fast-check";
import { decodeBase64, encodeBase64 } from "../../src/matrix/base64.js";
import { isPublicKey, signBytes, signingKey, verifyBytes } from "../../src/matrix/keys.js";
import vectors from "../vectors/json-signing.json" with { type: "json" };

ed.hashes.sha512 = (message) => new Uint8Array(createHash("sha512").update(message).digest());

const key = signingKey(decodeBase64(vectors.seed), vectors.version);
const message = new TextEncoder().encode("message");
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("keys", () => {
  it("derives the public key of the published seed", () => {
    expect(key).to.deep.include({ keyId: "ed25519:1", publicKey: vectors.publicKey });
  });

  it("refuses seeds of another length and versions outside the grammar", () => {
    expect(() => signingKey(new Uint8Array(31), "1")).to.throw(RangeError, "31");
    for (const version of ["", "a-b", "a:b", "ä"]) expect(() => signingKey(key.seed, version)).to.throw(RangeError);
  });

  it("signs as noble does and verifies as noble's strict mode does", () => {
    fc.assert(
      fc.property(seeds, fc.uint8Array({ maxLength: 64 }), (seed, bytes) => {
        const mine = signingKey(seed, "x");
        const signature = signBytes(mine, bytes);
        expect(signature).to.equal(encodeBase64(ed.sign(bytes, seed)));
        expect(verifyBytes(mine.publicKey, bytes, signature)).to.equal(true);
        expect(ed.verify(decodeBase64(signature), bytes, decodeBase64(mine.publicKey), { zip215: false })).to.equal(
          true,
        );
      }),
      { numRuns: 20 },
    );
  });

  it("verifies nothing after a flipped bit in signature, message or key", () => {
    const signature = decodeBase64(signBytes(key, message));
    fc.assert(
      fc.property(fc.nat(511), (bit) => {
        expect(verifyBytes(key.publicKey, message, encodeBase64(flipped(signature, bit)))).to.equal(false);
        expect(verifyBytes(key.publicKey, flipped(message, bit % 56), encodeBase64(signature))).to.equal(false);
        const otherKey = encodeBase64(flipped(decodeBase64(key.publicKey), bit % 256));
        expect(verifyBytes(otherKey, message, encodeBase64(signature))).to.equal(false);
      }),
      { numRuns: 40 },
    );
  });

  it("answers false to malformed keys and signatures", () => {
    const signature = signBytes(key, message);
    for (const bad of ["", "A", "!", key.publicKey.slice(2), `${key.publicKey}AA`]) {
      expect(verifyBytes(bad, message, signature), bad).to.equal(false);
    }
    for (const bad of ["", "A", "!", signature.slice(4), `${signature}AAAA`, encodeBase64(new Uint8Array(64))]) {
      expect(verifyBytes(key.publicKey, message, bad), bad).to.equal(false);
    }
  });

  it("takes padded and URL-safe spellings of key and signature", () => {
    const signature = signBytes(key, message);
    expect(verifyBytes(`${key.publicKey}=`, message, `${signature}==`)).to.equal(true);
    expect(verifyBytes(key.publicKey, message, signature.replaceAll("+", "-").replaceAll("/", "_"))).to.equal(true);
  });

  describe("policy", () => {
    // The identity point verifies every message under ZIP-215 and OpenSSL when R is the identity and s is 0.
    const identity = Uint8Array.of(1, ...new Uint8Array(31));
    const universal = Uint8Array.of(...identity, ...new Uint8Array(32));

    it("refuses a public key of small order", () => {
      expect(ed.verify(universal, message, identity, { zip215: true })).to.equal(true);
      expect(verifyBytes(encodeBase64(identity), message, encodeBase64(universal))).to.equal(false);
      expect(isPublicKey(encodeBase64(identity))).to.equal(false);
    });

    it("refuses a non-canonically encoded public key", () => {
      // y = p + 1, another spelling of the identity.
      const alias = Uint8Array.of(0xee, ...new Uint8Array(30).fill(0xff), 0x7f);
      expect(isPublicKey(encodeBase64(alias))).to.equal(false);
    });

    it("refuses a signature whose scalar is not reduced", () => {
      const signature = decodeBase64(signBytes(key, message));
      expect(verifyBytes(key.publicKey, message, encodeBase64(withOrderAdded(signature)))).to.equal(false);
    });

    it("refuses bytes that are no point", () => {
      expect(isPublicKey(encodeBase64(Uint8Array.of(2, ...new Uint8Array(31))))).to.equal(false);
      expect(isPublicKey(key.publicKey)).to.equal(true);
    });
  });
});

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}

function withOrderAdded(signature: Uint8Array): Uint8Array {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const scalar = signature.slice(32).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + order;
  const bytes = Array.from({ length: 32 }, (_, index) => Number((scalar >> BigInt(8 * index)) & 255n));
  return Uint8Array.of(...signature.slice(0, 32), ...bytes);
}
