import { expect } from "chai";
import { signingKey } from "../../src/matrix/keys.js";
import { parseXMatrix, verifyRequest } from "../../src/matrix/x-matrix.js";
import { AuthorizationTweak, forgedAuthorization } from "../../src/peer/forged-authorization.js";

const KEY = signingKey(new Uint8Array(32).fill(1), "p2");
const OLD = signingKey(new Uint8Array(32).fill(2), "p1");
const KEYS = { current: KEY, retired: [{ key: OLD, expiredTs: 1 }] };
const REQUEST = { method: "GET", uri: "/_matrix/x?y", origin: "peer.test", destination: "one.test" };

const forged = (tweak: AuthorizationTweak) => forgedAuthorization(REQUEST, KEYS, tweak);

function verifies(tweak: AuthorizationTweak, key = KEY): boolean {
  const x = parseXMatrix(forged(tweak) ?? "");
  return x !== undefined && verifyRequest(REQUEST, x, key.publicKey);
}

describe("peer/forged-authorization", () => {
  it("writes what verifies, in every spelling, all different", () => {
    const styles = AuthorizationTweak.properties.style.anyOf.map((style) => style.const);
    for (const style of styles) expect(verifies({ style }), style).to.equal(true);
    expect(new Set([forged({}), ...styles.map((style) => forged({ style }))]).size).to.equal(styles.length + 1);
    expect(verifies({ signature: "padded" })).to.equal(true);
    expect(forged({ signature: "padded" })).to.match(/==["]$/);
    expect(verifies({ "omit-destination": true })).to.equal(true);
    expect(forged({ "omit-destination": true })).not.to.contain("destination");
  });

  it("writes what does not verify", () => {
    const tweaks: readonly AuthorizationTweak[] = [
      { signature: "corrupt" },
      { key: "impostor" },
      { key: "unpublished" },
      { key: "retired" },
      { destination: "two.test" },
      { origin: "victim.test" },
      { "signed-for": { method: "PUT" } },
      { "signed-for": { content: {} } },
    ];
    for (const tweak of tweaks) expect(verifies(tweak), JSON.stringify(tweak)).to.equal(false);
    expect(verifies({ key: "retired" }, OLD)).to.equal(true);
  });

  it("leaves the header out, or sends any text", () => {
    expect(forged({ omit: true })).to.equal(undefined);
    expect(forged({ raw: "Bearer x" })).to.equal("Bearer x");
  });

  it("has no retired key before a rotation", () => {
    const keys = { current: KEY, retired: [] };
    expect(() => forgedAuthorization(REQUEST, keys, { key: "retired" })).to.throw("rotate-key");
  });
});
