import { expect } from "chai";
import type { Homeserver } from "../../../src/homeserver/homeserver.js";
import { isJsonObject, type JsonObject } from "../../../src/matrix/json.js";
import { signingKey } from "../../../src/matrix/keys.js";
import { checkServerKeys } from "../../../src/matrix/server-keys.js";
import { checkSignature } from "../../../src/matrix/signing.js";
import { signRequest } from "../../../src/matrix/x-matrix.js";
import { header, type WireResponse } from "../../../src/net/wire.js";
import { SmallFederation } from "../small-federation.js";

const EVENT = "/_matrix/federation/v1/event/%24nothing";

describe("the federation API", () => {
  let federation: SmallFederation;
  let one: Homeserver;
  let two: Homeserver;

  beforeEach(() => {
    federation = new SmallFederation();
    one = federation.server("one.test");
    two = federation.server("two.test");
  });

  afterEach(() => federation.stop());

  function ask(
    server: Homeserver,
    method: string,
    target: string,
    authorization?: string,
    body = "",
  ): Promise<WireResponse> {
    const headers = authorization === undefined ? [] : ([["Authorization", authorization]] as const);
    return server.handleFederation({ method, target, headers, body: new TextEncoder().encode(body) });
  }

  function json(response: WireResponse): JsonObject {
    const value: unknown = JSON.parse(new TextDecoder().decode(response.body));
    if (!isJsonObject(value)) throw new Error("no JSON object");
    return value;
  }

  function authorization(destination = "one.test", uri = EVENT): string {
    const request = { method: "GET", uri, origin: "two.test", destination };
    return signRequest(request, two.context.options.signingKey);
  }

  it("publishes keys that check, and keys that do not when faulty", async () => {
    const document = json(await ask(one, "GET", "/_matrix/key/v2/server"));
    expect(checkServerKeys(document, "one.test")).to.include({ ok: true });
    for (const defect of ["omits-self-signature", "wrong-server-name-in-keys", "signs-keys-with-another-key"]) {
      const faulty = federation.server("faulty.test", { defects: new Set([defect]) });
      const refused = json(await ask(faulty, "GET", "/_matrix/key/v2/server"));
      expect(checkServerKeys(refused, "faulty.test"), defect).to.include({ ok: false });
    }
  });

  it("vouches for other servers' keys, also when they are gone, and leaves out those never seen", async () => {
    const wanted = JSON.stringify({ server_keys: { "two.test": {}, "gone.test": {} } });
    const first = json(await ask(one, "POST", "/_matrix/key/v2/query", undefined, wanted));
    federation.handlers.delete("two.test");
    const later = json(await ask(one, "GET", "/_matrix/key/v2/query/two.test?minimum_valid_until_ts=9000000000000"));
    for (const answer of [first, later]) {
      const documents = answer.server_keys as readonly JsonObject[];
      expect(documents).to.have.length(1);
      const { keyId, publicKey } = one.context.options.signingKey;
      expect(checkServerKeys(documents[0] ?? null, "two.test")).to.include({ ok: true });
      expect(checkSignature(documents[0] ?? {}, "one.test", keyId, publicKey)).to.equal(true);
    }
  });

  it("asks for a signature that is good, current and meant for this server", async () => {
    expect((await ask(one, "GET", EVENT)).status).to.equal(401);
    expect((await ask(one, "GET", EVENT, authorization("other.test"))).status).to.equal(401);
    expect((await ask(one, "GET", `${EVENT}x`, authorization())).status).to.equal(401);
    expect((await ask(one, "GET", EVENT, authorization())).status).to.equal(404);
    const elsewhere = signingKey(new Uint8Array(32).fill(99), "a");
    const forged = signRequest({ method: "GET", uri: EVENT, origin: "two.test", destination: "one.test" }, elsewhere);
    expect((await ask(one, "GET", EVENT, forged)).status).to.equal(401);
  });

  it("asks for less when faulty", async () => {
    const lax = federation.server("one.test", {
      defects: new Set(["accepts-bad-request-signature", "accepts-wrong-destination", "accepts-missing-auth"]),
    });
    expect((await ask(lax, "GET", EVENT)).status).to.equal(404);
    expect((await ask(lax, "GET", EVENT, authorization("other.test"))).status).to.equal(404);
    expect((await ask(lax, "GET", `${EVENT}x`, authorization())).status).to.equal(404);
  });

  it("takes keys and signatures with padding, and refuses either when faulty", async () => {
    const padder = federation.server("padder.test", { defects: new Set(["pads-published-keys"]) });
    const request = { method: "GET", uri: EVENT, origin: "padder.test", destination: "one.test" };
    const underPaddedKey = signRequest(request, padder.context.options.signingKey);
    const paddedSignature = authorization().replace(/"$/u, '=="');
    for (const header of [underPaddedKey, paddedSignature])
      expect((await ask(one, "GET", EVENT, header)).status).to.equal(404);
    for (const [defect, refused] of [
      ["refuses-padded-keys", underPaddedKey],
      ["refuses-padded-signatures", paddedSignature],
    ] as const) {
      const strict = federation.server("one.test", { defects: new Set([defect]) });
      expect((await ask(strict, "GET", EVENT, refused)).status, defect).to.equal(401);
      expect((await ask(strict, "GET", EVENT, authorization())).status, defect).to.equal(404);
    }
  });

  it("refuses the key of a server whose document has expired", async () => {
    federation.server("late.test", { defects: new Set(["expired-key-document"]) });
    const late = federation.servers.at(-1);
    const refusal = await late?.context.federation.request("one.test", "GET", EVENT).catch((error) => error);
    expect(refusal).to.include({ status: 401 });
  });

  it("tells unknown endpoints from wrong methods, in JSON", async () => {
    const unknown = await ask(one, "GET", "/_matrix/federation/v99/send");
    expect([unknown.status, json(unknown).errcode]).to.deep.equal([404, "M_UNRECOGNIZED"]);
    expect(header(unknown.headers, "content-type")).to.equal("application/json");
    const wrong = await ask(one, "DELETE", "/_matrix/federation/v1/send/1");
    expect([wrong.status, json(wrong).errcode]).to.deep.equal([405, "M_UNRECOGNIZED"]);
  });

  it("tells text that is not JSON from JSON of a wrong shape", async () => {
    const text = await ask(one, "POST", "/_matrix/key/v2/query", undefined, "{");
    expect(json(text).errcode).to.equal("M_NOT_JSON");
    const shape = await ask(one, "POST", "/_matrix/key/v2/query", undefined, "[]");
    expect(json(shape).errcode).to.equal("M_BAD_JSON");
  });
});
