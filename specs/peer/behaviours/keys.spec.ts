import { Value } from "@sinclair/typebox/value";
import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { checkServerKeys } from "../../../src/matrix/server-keys.js";
import { jsonResponse } from "../../../src/peer/behaviours/define.js";
import { keyDocument } from "../../../src/peer/behaviours/keys.js";
import { NOW, PEER } from "../../support/exchanges.js";

const SELF = { serverName: PEER.name, signingKey: PEER.key, now: () => NOW };
const call = (endpoint: string) => ({
  endpoint,
  group: "keys",
  request: { method: "GET", target: "/", headers: [], body: new Uint8Array() },
});
const unasked = async () => jsonResponse(200, {});

describe("peer/behaviours/keys", () => {
  const FAULTS: readonly (readonly [fault: string, how: (document: JsonObject) => void])[] = [
    ["expired", (document) => expect(Number(document.valid_until_ts)).to.be.lessThan(NOW)],
    ["wrong-name", (document) => expect(checkServerKeys(document, PEER.name).ok).to.equal(false)],
    ["unsigned", (document) => expect(document.signatures).to.deep.equal({})],
    ["bad-signature", (document) => expect(checkServerKeys(document, PEER.name).ok).to.equal(false)],
    [
      "another-key",
      (document) => {
        const checked = checkServerKeys(document, PEER.name);
        expect(checked.ok && checked.keys.verifyKeys.get(PEER.key.keyId))
          .to.be.a("string")
          .and.not.equal(PEER.key.publicKey);
      },
    ],
    [
      "padded-key",
      (document) => {
        const checked = checkServerKeys(document, PEER.name);
        expect(checked.ok && checked.keys.verifyKeys.get(PEER.key.keyId)).to.equal(`${PEER.key.publicKey}=`);
      },
    ],
  ];
  for (const [fault, isSo] of FAULTS)
    it(`key-document: ${fault}, and nothing else is wrong with it`, async () => {
      const { body } = await keyDocument.respond(SELF, call("server-keys"), { fault } as never, unasked);
      const document = JSON.parse(Buffer.from(body).toString("utf8")) as JsonObject;
      expect(Value.Check(keyDocument.input, { fault })).to.equal(true);
      isSo(document);
      const named = fault === "wrong-name" ? `not-${PEER.name}` : PEER.name;
      expect(checkServerKeys(document, named).ok).to.equal(!["unsigned", "bad-signature"].includes(fault));
      expect(Number(document.valid_until_ts) > NOW).to.equal(fault !== "expired");
    });

  it("key-document: is what it publishes, and nothing else", () => {
    const applies = ["server-keys", "version"].map((endpoint) => keyDocument.appliesTo(call(endpoint), {} as never));
    expect(applies).to.deep.equal([true, false]);
  });
});
