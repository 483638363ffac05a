import { expect } from "chai";
import { KnownSecrets } from "../../src/evidence/known-secrets.js";
import {
  headersWithoutSecrets,
  REDACTED,
  targetWithoutSecrets,
  withoutSecretMembers,
} from "../../src/evidence/secrets.js";

const HIDDEN = REDACTED;
const bytes = (text: string) => Buffer.from(text, "utf8");
const scrubbed = (text: string) => Buffer.from(withoutSecretMembers(bytes(text))).toString("utf8");

describe("evidence/secrets", () => {
  const BODIES: readonly (readonly [what: string, body: string, kept: string])[] = [
    [
      "tokens of an answer",
      '{"access_token":"syt_1","user_id":"@a:b"}',
      `{"access_token":"${HIDDEN}","user_id":"@a:b"}`,
    ],
    [
      "a password inside an authentication stage, its identifier left alone",
      '{"auth":{"type":"m.login.password","identifier":{"user":"alice"},"password":"p"}}',
      `{"auth":{"type":"m.login.password","identifier":{"user":"alice"},"password":"${HIDDEN}"}}`,
    ],
    ["the proof of a shared secret", '{"nonce":"n","mac":"ab12"}', `{"nonce":"n","mac":"${HIDDEN}"}`],
    [
      "the token of a token login",
      '{"type": "m.login.token","token":"t"}',
      `{"type": "m.login.token","token":"${HIDDEN}"}`,
    ],
    ["a value with escapes of its own choice", '{"password":"a\\/b\\u0063\\"d"}', `{"password":"${HIDDEN}"}`],
    ["a name that is spelled with escapes", '{"pass\\u0077ord":"x"}', `{"pass\\u0077ord":"${HIDDEN}"}`],
    [
      "each of several members of one name",
      '{"password":"x","password":"y"}',
      `{"password":"${HIDDEN}","password":"${HIDDEN}"}`,
    ],
    ["what stands in broken JSON", '{"password" : "x", oops', `{"password" : "${HIDDEN}", oops`],
    ["what was cut in the middle", '{"access_token":"syt_1', `{"access_token":"${HIDDEN}`],
  ];
  for (const [what, body, kept] of BODIES) it(`takes out ${what}`, () => expect(scrubbed(body)).to.equal(kept));

  const LEFT = [
    "",
    "password: x",
    '{ "a" : 1.50, "b":"\\u00e9" }',
    '{"note":"the \\"password\\":\\"x\\" is in quotes"}',
    '["password","x"]',
    '{"mac":{"ed25519:A":"x"},"password":""}',
    '{"token":"page-2"}',
  ];
  for (const body of LEFT) it(`leaves ${body || "nothing"} alone`, () => expect(scrubbed(body)).to.equal(body));

  it("keeps every other byte, also those that are no text", () => {
    const before = Buffer.concat([bytes('{"x":"'), Buffer.from([0xff, 0xc3]), bytes('","password":"p"}')]);
    const after = withoutSecretMembers(before);
    expect(Buffer.from(after.subarray(0, 8)).equals(before.subarray(0, 8))).to.equal(true);
    expect(Buffer.from(after).includes('"password":"p"')).to.equal(false);
    const clean = Buffer.from([0x22, 0xff]);
    expect(withoutSecretMembers(clean)).to.equal(clean);
  });

  it("tells the secrets as they are, not as they were spelled", () => {
    const found: string[] = [];
    withoutSecretMembers(bytes('{"password":"gr\\u00fcn","access_token":"grün"}'), (secret) => found.push(secret));
    expect(found).to.deep.equal(["grün", "grün"]);
  });

  it("takes credentials and cookies out of headers, never the signature of a server", () => {
    const signed = 'X-Matrix origin="a",key="ed25519:1",sig="x"';
    expect(
      headersWithoutSecrets([
        ["authorization", "bearer  syt_1 "],
        ["Authorization", "Basic YTpi"],
        ["Authorization", signed],
        ["Set-Cookie", "session=1"],
        ["Accept", "Bearer x"],
      ]),
    ).to.deep.equal([
      ["authorization", `bearer  ${HIDDEN}`],
      ["Authorization", `Basic ${HIDDEN}`],
      ["Authorization", signed],
      ["Set-Cookie", HIDDEN],
      ["Accept", "Bearer x"],
    ]);
  });

  it("takes tokens out of a query, however the parameter is spelled", () => {
    const hidden = encodeURIComponent(HIDDEN);
    expect(targetWithoutSecrets("/x?a=1&access_token=t%3D1&b=2")).to.equal(`/x?a=1&access_token=${hidden}&b=2`);
    expect(targetWithoutSecrets("/x?access%5Ftoken=t")).to.equal(`/x?access%5Ftoken=${hidden}`);
    expect(targetWithoutSecrets("/x?since=t&%zz=1&access_token=")).to.equal("/x?since=t&%zz=1&access_token=");
  });
});

describe("evidence/known-secrets", () => {
  const known = new KnownSecrets();
  for (const secret of ["syt_abc_12345678", "correct horse/1", "short"]) known.learn(secret);
  const out = (text: string) => Buffer.from(known.outOfBody(bytes(text))).toString("utf8");

  it("finds a secret wherever it turns up again", () => {
    expect(out("grün: syt_abc_12345678, not syt_abc_123456789")).to.equal(`grün: ${HIDDEN}, not syt_abc_123456789`);
    expect(out('{"error":"correct horse/1 is wrong"}')).to.equal(`{"error":"${HIDDEN} is wrong"}`);
    expect(known.outOfText("/x?q=correct%20horse%2F1")).to.equal(`/x?q=${HIDDEN}`);
  });

  it("leaves what is short enough to occur by chance", () => expect(out("a short text")).to.equal("a short text"));

  it("gives the same body back when there is nothing to take out", () => {
    const body = Buffer.from([0xff, 0x00]);
    expect(known.outOfBody(body)).to.equal(body);
  });
});
