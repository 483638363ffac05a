import { expect } from "chai";
import fc from "fast-check";
import { decodeBase64 } from "../../src/matrix/base64.js";
import { CanonicalJsonError } from "../../src/matrix/canonical-json.js";
import type { JsonObject } from "../../src/matrix/json.js";
import { signingKey } from "../../src/matrix/keys.js";
import { checkSignature, signaturesOf, signJson } from "../../src/matrix/signing.js";
import vectors from "../vectors/json-signing.json" with { type: "json" };

const key = signingKey(decodeBase64(vectors.seed), vectors.version);
const other = signingKey(new Uint8Array(32).fill(7), "other");
const objects = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,8}$/).filter((name) => name !== "unsigned" && name !== "signatures"),
  fc.oneof(fc.maxSafeInteger(), fc.stringMatching(/^[ -~]{0,20}$/), fc.boolean()),
  { maxKeys: 5 },
);

const check = (object: JsonObject) => checkSignature(object, "domain", "ed25519:1", key.publicKey);

describe("JSON signing", () => {
  for (const { object, signature } of vectors.cases) {
    it(`reproduces the published signature of ${JSON.stringify(object)}`, () => {
      const signed = signJson(object as JsonObject, "domain", key);
      expect(signed).to.deep.equal({ ...object, signatures: { domain: { "ed25519:1": signature } } });
      expect(check(signed)).to.equal(true);
    });
  }

  it("keeps the signatures of others and of the signer's other keys, and unsigned data", () => {
    const before = { a: 1, unsigned: { age: 5 }, signatures: { elsewhere: { "ed25519:x": "x" } } };
    const signed = signJson(signJson(before, "domain", other), "domain", key);
    expect(signed).to.deep.include({ a: 1, unsigned: { age: 5 } });
    expect(Object.keys(signed.signatures as JsonObject)).to.have.members(["elsewhere", "domain"]);
    expect([...signaturesOf(signed, "domain").keys()]).to.have.members(["ed25519:1", "ed25519:other"]);
    expect(check(signed)).to.equal(true);
    expect(checkSignature(signed, "domain", other.keyId, other.publicKey)).to.equal(true);
    expect(before).to.deep.equal({ a: 1, unsigned: { age: 5 }, signatures: { elsewhere: { "ed25519:x": "x" } } });
  });

  it("refuses to sign what has no canonical form, unless lenient", () => {
    expect(() => signJson({ a: 1.5 }, "domain", key)).to.throw(CanonicalJsonError);
    const signed = signJson({ a: 1.5 }, "domain", key, { lenient: true });
    expect(check(signed)).to.equal(false);
    expect(checkSignature(signed, "domain", "ed25519:1", key.publicKey, { lenient: true })).to.equal(true);
  });

  it("verifies whatever it signs, whatever happens to unsigned data", () => {
    fc.assert(
      fc.property(objects, objects, (object, unsigned) => {
        const signed = signJson(object, "domain", key);
        expect(check({ ...signed, unsigned })).to.equal(true);
      }),
      { numRuns: 30 },
    );
  });

  it("verifies nothing once a member is added, changed or removed", () => {
    fc.assert(
      fc.property(objects, fc.constantFrom("add", "change", "remove"), (object, how) => {
        const signed = signJson({ ...object, zz: 1 }, "domain", key);
        const { zz: _, ...without } = signed;
        const tampered = { add: { ...signed, zzz: 1 }, change: { ...signed, zz: 2 }, remove: without };
        expect(check(tampered[how])).to.equal(false);
      }),
      { numRuns: 30 },
    );
  });

  const signed = signJson({ a: 1 }, "domain", key);
  const good = signaturesOf(signed, "domain").get("ed25519:1") ?? "";
  const failing: readonly [string, JsonObject][] = [
    ["there is no signatures member", { a: 1 }],
    ["signatures is no object", { a: 1, signatures: [] }],
    ["the signer has no entry", { a: 1, signatures: { elsewhere: { "ed25519:1": good } } }],
    ["the entry is no object", { a: 1, signatures: { domain: good } }],
    ["the key has no signature", { a: 1, signatures: { domain: { "ed25519:2": good } } }],
    ["the signature is no string", { a: 1, signatures: { domain: { "ed25519:1": 1 } } }],
    ["the signature is not base64", { a: 1, signatures: { domain: { "ed25519:1": "!" } } }],
    ["the signature is another one's", signJson({ a: 1 }, "domain", { ...other, keyId: "ed25519:1" })],
  ];
  for (const [name, object] of failing) {
    it(`fails when ${name}`, () => expect(check(object)).to.equal(false));
  }

  it("fails for an algorithm other than Ed25519, however good the bytes", () => {
    const object = { a: 1, signatures: { domain: { "foo:1": good } } };
    expect(checkSignature(object, "domain", "foo:1", key.publicKey)).to.equal(false);
    expect(signaturesOf(object, "domain").size).to.equal(0);
  });

  it("fails under another public key", () => {
    expect(checkSignature(signed, "domain", "ed25519:1", other.publicKey)).to.equal(false);
  });
});
