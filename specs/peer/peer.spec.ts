import { expect } from "chai";
import { signingKey } from "../../src/matrix/keys.js";
import { checkServerKeys } from "../../src/matrix/server-keys.js";
import { parseXMatrix, signRequest, verifyRequest } from "../../src/matrix/x-matrix.js";
import { header, type WireRequest, type WireResponse } from "../../src/net/wire.js";
import { Peer, type PeerOptions } from "../../src/peer/peer.js";
import { NOW, ONE, PEER, specEvent } from "../support/exchanges.js";

interface Sent {
  readonly to: string;
  readonly request: WireRequest;
}

function open(options: Partial<PeerOptions> = {}) {
  const violations: Parameters<PeerOptions["onViolation"]>[0][] = [];
  const sent: Sent[] = [];
  const peer = new Peer({
    serverName: PEER.name,
    signingKey: PEER.key,
    now: () => NOW,
    random: (length) => new Uint8Array(length).fill(7),
    allows: [],
    onViolation: (violation) => violations.push(violation),
    async transport(to, request) {
      sent.push({ to, request });
      return { status: 200, headers: [], body: Buffer.from("{}") };
    },
    ...options,
  });
  return { peer, violations, sent };
}

/** A request of `one.test`, signed where it says so. */
function asked(method: string, target: string, content?: object, signed = true): WireRequest {
  const what = { method, uri: target, origin: ONE.name, destination: PEER.name };
  const authorization = signRequest(
    { ...what, ...(content === undefined ? {} : { content: content as never }) },
    ONE.key,
  );
  const body = content === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(content));
  return { method, target, headers: signed ? [["Authorization", authorization]] : [], body };
}

const json = ({ body }: WireResponse) => JSON.parse(Buffer.from(body).toString("utf8"));
const KEYS = asked("GET", "/_matrix/key/v2/server", undefined, false);
const SEND = "/_matrix/federation/v1/send/t1";

describe("peer/peer", () => {
  it("is an honest homeserver unless told otherwise", async () => {
    const { peer, violations } = open();
    const answer = await peer.handle(KEYS);
    expect(answer.status).to.equal(200);
    expect(checkServerKeys(json(answer), PEER.name).ok).to.equal(true);
    expect(violations).to.deep.equal([]);
    peer.stop();
  });

  it("notes a request, the units in it, and its answer", async () => {
    const { peer } = open();
    const event = specEvent(ONE, "11");
    const edu = { edu_type: "m.typing", content: { typing: true } };
    const body = { origin: ONE.name, origin_server_ts: NOW, pdus: [event, 5], edus: [edu, { edu_type: "m.x" }] };
    await peer.handle(asked("PUT", SEND, body));
    const all = peer.arrivals.all;
    expect(all.map(({ kind }) => kind).sort()).to.deep.equal(["answer", "edu", "pdu", "request"]);
    expect(all.every(({ origin }) => origin === ONE.name)).to.equal(true);
    expect(all.at(-1)).to.include({ kind: "answer", endpoint: "send", target: SEND });
    await peer.handle({ ...asked("PUT", SEND), body: Buffer.from("{") });
    expect(peer.arrivals.all.filter(({ kind }) => kind === "request").at(-1)).to.include({ body: undefined });
    peer.stop();
  });

  it("reports what the scenario does not allow for, and answers it all the same", async () => {
    const target = "/_matrix/federation/v1/make_join/%21r%3Ax/%40a%3Aone.test";
    const { peer, violations } = open();
    expect((await peer.handle(asked("GET", target))).status).to.be.greaterThan(399);
    await peer.handle(asked("GET", "/nowhere", undefined, false));
    expect(violations).to.deep.equal([
      { origin: ONE.name, method: "GET", target },
      { origin: undefined, method: "GET", target: "/nowhere" },
    ]);
    const lenient = open({ allows: ["join"] });
    await lenient.peer.handle(asked("GET", target));
    expect(lenient.violations).to.deep.equal([]);
    for (const one of [peer, lenient.peer]) one.stop();
  });

  it("deviates where told, the newest deviation first, for so many requests, and no longer than told", async () => {
    const { peer } = open();
    const canned = (status: number) => ({ endpoint: "server-keys", status, body: {} });
    peer.behave("canned-answer", canned(500));
    peer.behave("canned-answer", canned(429), 1);
    peer.behave("canned-answer", { endpoint: "version", status: 418, body: {} });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await peer.handle(KEYS)).status);
    peer.behaveWell();
    statuses.push((await peer.handle(KEYS)).status);
    expect(statuses).to.deep.equal([429, 500, 500, 200]);
    expect(() => peer.behave("telepathy", {})).to.throw("no behaviour telepathy");
    peer.stop();
  });

  it("signs what it sends, and what it sends is what it signs", async () => {
    const { peer, sent } = open();
    const content = { a: [1] };
    await peer.send({ destination: ONE.name, method: "PUT", uri: "/x?y=%20", content });
    const request = sent[0]?.request;
    const x = parseXMatrix(header(request?.headers ?? [], "authorization") ?? "");
    const what = { method: "PUT", uri: "/x?y=%20", origin: PEER.name, destination: ONE.name, content };
    expect(x && verifyRequest(what, x, PEER.key.publicKey)).to.equal(true);
    expect(sent[0]?.to).to.equal(ONE.name);
    expect(JSON.parse(String(request?.body))).to.deep.equal(content);
    expect(header(request?.headers ?? [], "content-type")).to.equal("application/json");
    peer.stop();
  });

  it("sends other bytes, other headers, or none, where told", async () => {
    const { peer, sent } = open();
    const about = { destination: ONE.name, method: "POST", uri: "/x" };
    await peer.send({ ...about, content: {}, bytes: Buffer.from('{"a":1,"a":2}') });
    await peer.send({ ...about, content: {}, headers: [["content-type", "text/plain"]] });
    await peer.send({ ...about, content: {}, headers: [["Content-Type", ""]], signed: false });
    await peer.send({ ...about, authorization: { omit: true } });
    const [bytes, plain, bare, unsigned] = sent.map(({ request }) => request);
    expect(String(bytes?.body)).to.equal('{"a":1,"a":2}');
    expect(header(plain?.headers ?? [], "content-type")).to.equal("text/plain");
    expect(bare?.headers).to.deep.equal([]);
    expect(unsigned?.headers).to.deep.equal([]);
    peer.stop();
  });

  it("signs with its new key once the old one is replaced, and lists the old one", async () => {
    const { peer, sent } = open();
    peer.rotateKey(new Uint8Array(32).fill(9), NOW - 1);
    await peer.send({ destination: ONE.name, method: "GET", uri: "/x" });
    const x = parseXMatrix(header(sent[0]?.request.headers ?? [], "authorization") ?? "");
    expect(x?.key).to.equal(peer.signingKey.keyId).and.not.equal(PEER.key.keyId);
    expect(peer.retiredKey?.keyId).to.equal(PEER.key.keyId);
    const checked = checkServerKeys(json(await peer.handle(KEYS)), PEER.name);
    if (!checked.ok) throw new Error(checked.reason);
    expect([...checked.keys.verifyKeys.keys()]).to.deep.equal([peer.signingKey.keyId]);
    expect(checked.keys.oldVerifyKeys.get(PEER.key.keyId)).to.deep.equal({
      key: PEER.key.publicKey,
      expiredTs: NOW - 1,
    });
    expect(signingKey(new Uint8Array(32).fill(9), "x").publicKey).to.equal(peer.signingKey.publicKey);
    peer.stop();
  });
});
