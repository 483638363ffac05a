import { expect } from "chai";
import fc from "fast-check";
import { decodeBase64 } from "../../src/matrix/base64.js";
import type { JsonObject } from "../../src/matrix/json.js";
import { signingKey } from "../../src/matrix/keys.js";
import {
  parseXMatrix,
  requestSigningPayload,
  signRequest,
  verifyRequest,
  writeXMatrix,
} from "../../src/matrix/x-matrix.js";
import keys from "../vectors/json-signing.json" with { type: "json" };
import vectors from "../vectors/request-signing.json" with { type: "json" };

const key = signingKey(decodeBase64(keys.seed), keys.version);
const plain = { origin: "o.example", destination: "d.example", key: "ed25519:1", sig: "abc+/" };
const request = {
  method: "PUT",
  uri: "/_matrix/federation/v1/send/1?a=%21b",
  origin: "domain",
  destination: "peer.example",
  content: { pdus: [] } as JsonObject,
};

function parsed(header: string) {
  const x = parseXMatrix(header);
  if (x === undefined) throw new Error(`not parsed: ${header}`);
  return x;
}

describe("X-Matrix header", () => {
  it("is written in the style for old receivers", () => {
    expect(writeXMatrix(plain)).to.equal(
      'X-Matrix origin="o.example",destination="d.example",key="ed25519:1",sig="abc+/"',
    );
  });

  it("survives a round trip, whatever the values", () => {
    const text = fc.stringMatching(/^[ -~]{0,12}$/);
    fc.assert(
      fc.property(text, fc.option(text, { nil: undefined }), text, text, (origin, destination, keyId, sig) => {
        const x = { origin, key: keyId, sig, ...(destination === undefined ? {} : { destination }) };
        expect(parseXMatrix(writeXMatrix(x))).to.deep.equal(x);
      }),
    );
  });

  const accepted: readonly [string, string][] = [
    ["another order", 'X-Matrix sig="abc+/",key="ed25519:1",destination="d.example",origin="o.example"'],
    ["names in any case", 'X-Matrix Origin="o.example",DESTINATION="d.example",kEy="ed25519:1",Sig="abc+/"'],
    ["the scheme in another case", 'x-mATRIX origin="o.example",destination="d.example",key="ed25519:1",sig="abc+/"'],
    ["tokens", 'X-Matrix origin=o.example,destination=d.example,key="ed25519:1",sig="abc+/"'],
    ["a colon outside quotes", 'X-Matrix origin=o.example,destination=d.example,key=ed25519:1,sig="abc+/"'],
    [
      "whitespace around commas",
      'X-Matrix origin="o.example" ,\t destination="d.example"\t,key="ed25519:1" , sig="abc+/"',
    ],
    [
      "several spaces after the scheme",
      'X-Matrix    origin="o.example",destination="d.example",key="ed25519:1",sig="abc+/"',
    ],
    ["backslash escapes", 'X-Matrix origin="\\o.ex\\ample",destination="d.example",key="ed25519:\\1",sig="abc+/"'],
    [
      "unknown parameters",
      'X-Matrix foo="a,b=\\"c",origin="o.example",destination="d.example",key="ed25519:1",sig="abc+/"',
    ],
    ["empty list elements", 'X-Matrix ,origin="o.example",,destination="d.example", ,key="ed25519:1",sig="abc+/", '],
  ];
  for (const [name, header] of accepted) {
    it(`is read with ${name}`, () => expect(parseXMatrix(header)).to.deep.equal(plain));
  }

  it("is read without a destination", () => {
    expect(parseXMatrix('X-Matrix origin="o",key="k",sig="s"')).to.deep.equal({ origin: "o", key: "k", sig: "s" });
  });

  const refused: readonly [string, string][] = [
    ["nothing", ""],
    ["the scheme alone", "X-Matrix"],
    ["another scheme", 'Bearer origin="o",key="k",sig="s"'],
    ["a longer scheme", 'X-MatrixY origin="o",key="k",sig="s"'],
    ["no origin", 'X-Matrix destination="d",key="k",sig="s"'],
    ["no key", 'X-Matrix origin="o",sig="s"'],
    ["no sig", 'X-Matrix origin="o",key="k"'],
    ["the prose name of sig", 'X-Matrix origin="o",key="k",signature="s"'],
    ["a repeated parameter", 'X-Matrix origin="o",origin="p",key="k",sig="s"'],
    ["an open quote", 'X-Matrix origin="o",key="k",sig="s'],
    ["a missing comma", 'X-Matrix origin="o" key="k",sig="s"'],
    ["a missing value", 'X-Matrix origin=,key="k",sig="s"'],
    ["a slash outside quotes", 'X-Matrix origin="o",key="k",sig=a/b'],
    ["text after a quoted value", 'X-Matrix origin="o"x,key="k",sig="s"'],
  ];
  for (const [name, header] of refused) {
    it(`is refused with ${name}`, () => expect(parseXMatrix(header)).to.equal(undefined));
  }
});

describe("request signing", () => {
  for (const { request: vector, signature } of vectors.cases) {
    it(`reproduces the derived signature of ${vector.method} ${vector.uri.slice(0, 36)}`, () => {
      const header = signRequest(vector as typeof request, key);
      expect(parsed(header)).to.deep.equal({
        origin: "domain",
        destination: "peer.example",
        key: "ed25519:1",
        sig: signature,
      });
      expect(verifyRequest(vector as typeof request, parsed(header), key.publicKey)).to.equal(true);
    });
  }

  it("leaves content out when there is no body, and keeps an empty object or null", () => {
    const { content: _, ...bodiless } = request;
    expect(requestSigningPayload(bodiless)).not.to.have.property("content");
    expect(requestSigningPayload({ ...request, content: {} })).to.deep.include({ content: {} });
    expect(requestSigningPayload({ ...request, content: null })).to.have.property("content", null);
  });

  it("signs bodies that carry events without a canonical form", () => {
    const float = { ...request, content: { pdus: [{ content: { a: 1.5 } }] } };
    expect(verifyRequest(float, parsed(signRequest(float, key)), key.publicKey)).to.equal(true);
  });

  const x = parsed(signRequest(request, key));

  it("verifies without the destination parameter, which stays in what is signed", () => {
    const { destination: _, ...bare } = x;
    expect(verifyRequest(request, bare, key.publicKey)).to.equal(true);
    expect(verifyRequest({ ...request, destination: "other.example" }, bare, key.publicKey)).to.equal(false);
  });

  const { content: _, ...withoutBody } = request;
  const altered: readonly [string, typeof withoutBody][] = [
    ["method", { ...request, method: "POST" }],
    ["path", { ...request, uri: "/_matrix/federation/v1/send/2?a=%21b" }],
    ["query", { ...request, uri: "/_matrix/federation/v1/send/1?a=%21c" }],
    ["percent-encoding", { ...request, uri: "/_matrix/federation/v1/send/1?a=!b" }],
    ["content", { ...request, content: { pdus: [{}] } } as typeof request],
    ["presence of a body", withoutBody],
    ["origin", { ...request, origin: "other.example" }],
    ["destination", { ...request, destination: "other.example" }],
  ];
  for (const [what, other] of altered) {
    it(`does not verify when the ${what} differs`, () =>
      expect(verifyRequest(other, x, key.publicKey)).to.equal(false));
  }

  it("does not verify under another key, key id or origin in the header", () => {
    const stranger = signingKey(new Uint8Array(32), "1");
    expect(verifyRequest(request, x, stranger.publicKey)).to.equal(false);
    expect(verifyRequest(request, { ...x, key: "foo:1" }, key.publicKey)).to.equal(false);
    expect(verifyRequest(request, { ...x, origin: "evil.example" }, key.publicKey)).to.equal(false);
    expect(verifyRequest(request, { ...x, destination: "evil.example" }, key.publicKey)).to.equal(false);
  });
});
