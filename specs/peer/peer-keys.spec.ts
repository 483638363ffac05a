import { expect } from "chai";
import { signingKey } from "../../src/matrix/keys.js";
import { PeerKeys } from "../../src/peer/peer-keys.js";

describe("peer/peer-keys", () => {
  it("keeps what it replaces, the newest first, under key ids of their own", () => {
    const first = signingKey(new Uint8Array(32).fill(1), "p1");
    const keys = new PeerKeys(first);
    keys.rotate(new Uint8Array(32).fill(2), 10);
    const second = keys.current;
    keys.rotate(new Uint8Array(32).fill(3), 20);
    expect(keys.retired).to.deep.equal([
      { key: second, expiredTs: 20 },
      { key: first, expiredTs: 10 },
    ]);
    expect(new Set([first, second, keys.current].map(({ keyId }) => keyId)).size).to.equal(3);
  });
});
