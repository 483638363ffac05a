import { expect } from "chai";
import type { JsonObject, JsonValue } from "../../src/matrix/json.js";
import { signingKey } from "../../src/matrix/keys.js";
import { checkServerKeys, effectiveValidUntil, serverKeysDocument } from "../../src/matrix/server-keys.js";
import { signaturesOf, signJson } from "../../src/matrix/signing.js";

const first = signingKey(new Uint8Array(32).fill(1), "first");
const second = signingKey(new Uint8Array(32).fill(2), "second");
const retired = signingKey(new Uint8Array(32).fill(3), "retired");
const options = {
  serverName: "hs.example",
  keys: [first, second],
  oldKeys: [{ key: retired, expiredTs: 1000 }],
  validUntilTs: 5000,
};
const document = serverKeysDocument(options);

function changed(change: JsonObject): JsonObject {
  const { signatures: _, ...unsigned } = { ...document, ...change };
  return signJson(signJson(unsigned, "hs.example", first), "hs.example", second);
}

describe("server keys", () => {
  it("publishes current and old keys, signed by each current one", () => {
    expect(document).to.deep.include({
      server_name: "hs.example",
      valid_until_ts: 5000,
      verify_keys: { "ed25519:first": { key: first.publicKey }, "ed25519:second": { key: second.publicKey } },
      old_verify_keys: { "ed25519:retired": { key: retired.publicKey, expired_ts: 1000 } },
    });
    expect([...signaturesOf(document, "hs.example").keys()]).to.deep.equal(["ed25519:first", "ed25519:second"]);
  });

  it("reads back what it publishes", () => {
    expect(checkServerKeys(document, "hs.example")).to.deep.equal({
      ok: true,
      keys: {
        serverName: "hs.example",
        validUntilTs: 5000,
        verifyKeys: new Map([
          ["ed25519:first", first.publicKey],
          ["ed25519:second", second.publicKey],
        ]),
        oldVerifyKeys: new Map([["ed25519:retired", { key: retired.publicKey, expiredTs: 1000 }]]),
      },
    });
  });

  it("passes over unknown algorithms, unknown members and a notary's signature", () => {
    const verifyKeys = { ...(document.verify_keys as JsonObject), "foo:1": "whatever" };
    const extended = signJson(changed({ verify_keys: verifyKeys, extra: true }), "notary.example", retired);
    expect(checkServerKeys(extended, "hs.example")).to.have.property("ok", true);
  });

  it("takes an absent old_verify_keys for none", () => {
    const { old_verify_keys: _, signatures: __, ...rest } = document;
    const bare = signJson(signJson(rest, "hs.example", first), "hs.example", second);
    expect(checkServerKeys(bare, "hs.example")).to.have.property("ok", true);
  });

  const key = { key: first.publicKey };
  const refused: readonly [string, JsonValue, RegExp][] = [
    ["an array", [], /not an object/],
    ["another server's name", changed({ server_name: "other.example" }), /server_name/],
    ["a name in another case", changed({ server_name: "HS.example" }), /server_name/],
    ["valid_until_ts as a string", changed({ valid_until_ts: "5000" }), /valid_until_ts/],
    ["no current key", changed({ verify_keys: {} }), /no Ed25519 key/],
    ["verify_keys as an array", changed({ verify_keys: [] }), /verify_keys/],
    ["a key id outside the grammar", changed({ verify_keys: { "ed25519:a-b": key } }), /bad key id/],
    ["a short key", changed({ verify_keys: { "ed25519:first": { key: "AAAA" } } }), /no Ed25519 public key/],
    [
      "a key that is no object",
      changed({ verify_keys: { "ed25519:first": first.publicKey } }),
      /no Ed25519 public key/,
    ],
    ["an old key without expired_ts", changed({ old_verify_keys: { "ed25519:retired": key } }), /expired_ts/],
    ["an unsigned change", { ...document, valid_until_ts: 6000 }, /no valid signature by ed25519:first/],
    ["no signatures", { ...document, signatures: {} }, /no valid signature/],
    ["one key's signature missing", signJson({ ...document, signatures: {} }, "hs.example", first), /ed25519:second/],
  ];
  for (const [name, value, reason] of refused) {
    it(`refuses ${name}`, () => {
      const check = checkServerKeys(value, "hs.example");
      expect(check.ok ? "" : check.reason).to.match(reason);
    });
  }

  it("relies on keys for seven days at most", () => {
    const week = 604_800_000;
    expect(effectiveValidUntil(1000 + week - 1, 1000)).to.equal(1000 + week - 1);
    expect(effectiveValidUntil(1000 + week + 1, 1000)).to.equal(1000 + week);
    expect(effectiveValidUntil(500, 1000)).to.equal(500);
  });
});
