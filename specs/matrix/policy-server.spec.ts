import { expect } from "chai";
import type { JsonObject } from "../../src/matrix/json.js";
import type { Pdu } from "../../src/matrix/pdu.js";
import {
  isPolicySetting,
  policyServerIn,
  policySignatureIn,
  withPolicySignature,
} from "../../src/matrix/policy-server.js";

const VIA = "policy.example";

describe("matrix/policy-server", () => {
  it("finds the policy server that a valid setting names", () => {
    const valid = { via: VIA, public_keys: { ed25519: "a2V5" } };
    expect(policyServerIn(valid)).to.deep.equal({ via: VIA, publicKey: "a2V5" });
    const invalid: readonly (JsonObject | undefined)[] = [
      undefined,
      {},
      { via: VIA },
      { public_keys: { ed25519: "a2V5" } },
      { ...valid, via: 7 },
      { ...valid, public_keys: "a2V5" },
      { ...valid, public_keys: { ed25519: 7 } },
      { ...valid, public_keys: { curve25519: "a2V5" } },
    ];
    for (const content of invalid) expect(policyServerIn(content), JSON.stringify(content)).to.equal(undefined);
  });

  it("knows the one event that no policy server is asked about", () => {
    expect(isPolicySetting({ type: "m.room.policy", state_key: "" })).to.equal(true);
    expect(isPolicySetting({ type: "m.room.policy", state_key: "x" })).to.equal(false);
    expect(isPolicySetting({ type: "m.room.policy" })).to.equal(false);
    expect(isPolicySetting({ type: "m.room.topic", state_key: "" })).to.equal(false);
  });

  it("reads the signature of that server by that key alone", () => {
    expect(policySignatureIn({ [VIA]: { "ed25519:policy_server": "c2ln" } }, VIA)).to.equal("c2ln");
    const others = [{ other: { "ed25519:policy_server": "c2ln" } }, { [VIA]: { "ed25519:1": "c2ln" } }, { [VIA]: [] }];
    for (const answer of [undefined, null, {}, ...others]) {
      expect(policySignatureIn(answer, VIA), JSON.stringify(answer)).to.equal(undefined);
    }
  });

  it("adds it beside every other", () => {
    const event = { signatures: { [VIA]: { "ed25519:1": "own" }, other: { "ed25519:2": "theirs" } } };
    expect(withPolicySignature(event as unknown as Pdu, VIA, "c2ln").signatures).to.deep.equal({
      [VIA]: { "ed25519:1": "own", "ed25519:policy_server": "c2ln" },
      other: { "ed25519:2": "theirs" },
    });
    expect(withPolicySignature({} as Pdu, VIA, "c2ln").signatures).to.deep.equal({
      [VIA]: { "ed25519:policy_server": "c2ln" },
    });
  });
});
