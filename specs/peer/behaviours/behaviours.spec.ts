import { Value } from "@sinclair/typebox/value";
import { expect } from "chai";
import { contentHashMatches } from "../../../src/matrix/events/hashes.js";
import { checkEventSignature } from "../../../src/matrix/events/sign.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { partHeader, readMultipart } from "../../../src/matrix/media/multipart.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { header } from "../../../src/net/wire.js";
import { withMember } from "../../../src/peer/behaviours/answers.js";
import { jsonResponse, withChangedBody } from "../../../src/peer/behaviours/define.js";
import { BEHAVIOURS } from "../../../src/peer/behaviours/index.js";
import { policyKeyOf } from "../../../src/peer/policy-key.js";
import { NOW, ONE, PEER, specEvent } from "../../support/exchanges.js";

const SELF = { serverName: PEER.name, signingKey: PEER.key, now: () => NOW };
const call = (endpoint: string, group: string, signal?: AbortSignal) => ({
  endpoint,
  group,
  request: {
    method: "GET",
    target: "/",
    headers: [],
    body: new Uint8Array(),
    ...(signal === undefined ? {} : { signal }),
  },
});

function behaviour(name: string, given: JsonObject) {
  const found = BEHAVIOURS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no behaviour ${name}`);
  expect([...Value.Errors(found.input, given)], name).to.deep.equal([]);
  return {
    appliesTo: (endpoint: string, group: string) => found.appliesTo(call(endpoint, group), given as never),
    async answer(honest: unknown = {}): Promise<unknown> {
      const { body } = await found.respond(SELF, call("x", "x"), given as never, async () => jsonResponse(200, honest));
      return JSON.parse(Buffer.from(body).toString("utf8"));
    },
    respond: (signal?: AbortSignal) =>
      found.respond(SELF, call("x", "x", signal), given as never, async () => jsonResponse(200, {})),
  };
}

describe("peer/behaviours", () => {
  it("have names of their own, in order", () => {
    const names = BEHAVIOURS.map(({ name }) => name);
    expect(names).to.deep.equal([...new Set(names)].sort());
  });

  it("canned-answer: whatever was asked", async () => {
    const canned = behaviour("canned-answer", {
      endpoint: "events",
      status: 429,
      body: { errcode: "M_LIMIT_EXCEEDED" },
    });
    expect(await canned.respond()).to.include({ status: 429 });
    expect(await canned.answer({ honest: true })).to.deep.equal({ errcode: "M_LIMIT_EXCEEDED" });
    expect([
      canned.appliesTo("backfill", "events"),
      canned.appliesTo("events", "x"),
      canned.appliesTo("send", "send"),
    ]).to.deep.equal([true, true, false]);
  });

  it("leaves-members-out: of the state alone, and only where the joining server can do without", async () => {
    const found = BEHAVIOURS.find(({ name }) => name === "leaves-members-out");
    const heeds = (endpoint: string, target: string) => {
      const { request, ...about } = call(endpoint, "join");
      return found?.appliesTo({ ...about, request: { ...request, target } }, {} as never);
    };
    expect([
      heeds("send-join", "/send_join/!r/$e?omit_members=true"),
      heeds("send-join", "/send_join/!r/$e?omit_members=false"),
      heeds("send-join", "/send_join/!r/$e"),
      heeds("send-leave", "/send_leave/!r/$e?omit_members=true"),
    ]).to.deep.equal([true, false, false, false]);
    const member = { type: "m.room.member" };
    const name = { type: "m.room.name" };
    const answer = behaviour("leaves-members-out", { servers: [ONE.name] }).answer({
      state: [member, name],
      auth_chain: [member],
    });
    expect(await answer).to.deep.equal({
      state: [name],
      auth_chain: [member],
      members_omitted: true,
      servers_in_room: [ONE.name],
    });
  });

  it("verbatim-answer: bytes that are no JSON of ours", async () => {
    const found = behaviour("verbatim-answer", { endpoint: "backfill", text: '{"pdus":[-0]}' });
    expect([found.appliesTo("backfill", "events"), found.appliesTo("send", "send")]).to.deep.equal([true, false]);
    const { status, body } = await found.respond();
    expect([status, Buffer.from(body).toString("utf8")]).to.deep.equal([200, '{"pdus":[-0]}']);
  });

  it("smuggling: for some endpoints, and for whoever asks for single events", () => {
    const given = { into: ["state"], events: [{ id: "$lie", pdu: { hashes: { sha256: "lie" } } }] };
    const found = behaviour("smuggling", given);
    const applies = ["state", "event", "state-ids"].map((endpoint) => found.appliesTo(endpoint, "events"));
    expect(applies).to.deep.equal([true, true, false]);
  });

  it("smuggling: an event by its id, however its id is written, and the honest answer about any other", async () => {
    const found = BEHAVIOURS.find(({ name }) => name === "smuggling");
    const given = { into: [], events: [{ id: "$lie", pdu: { hashes: { sha256: "lie" } } }] };
    const honest = jsonResponse(404, {});
    const ask = (id: string) => {
      const asked = call("event", "events");
      const target = `/_matrix/federation/v1/event/${id}`;
      const request = { ...asked.request, target };
      return found?.respond(SELF, { ...asked, request }, given as never, async () => honest);
    };
    for (const id of ["%24lie", "$lie"]) expect(await ask(id)).to.include({ status: 200 });
    for (const id of ["%24truth", "%zz"]) expect(await ask(id)).to.equal(honest);
  });

  it("altered-answer: one member set or removed", async () => {
    const honest = { event: { type: "m.room.member", depth: 3 }, room_version: "11" };
    const set = behaviour("altered-answer", { endpoint: "make-join", at: "/event/depth", set: -1 });
    expect(await set.answer(honest)).to.deep.equal({ ...honest, event: { type: "m.room.member", depth: -1 } });
    const removed = behaviour("altered-answer", { endpoint: "make-join", at: "/room_version" });
    expect(await removed.answer(honest)).to.deep.equal({ event: honest.event });
    expect(await removed.answer([1])).to.deep.equal([1]);
  });

  it("altered-state: every state event of a type, in whatever list", async () => {
    const topic = { type: "m.room.topic", content: { topic: "a" } };
    const other = { type: "m.room.name", content: { topic: "a" } };
    const altered = behaviour("altered-state", {
      endpoint: "send-join",
      type: "m.room.topic",
      at: "/content/topic",
      set: "b",
    });
    const changed = { type: "m.room.topic", content: { topic: "b" } };
    expect(await altered.answer({ state: [topic, other, 5], auth_chain: [topic], event: topic })).to.deep.equal({
      state: [changed, other, 5],
      auth_chain: [changed],
      event: topic,
    });
    expect([altered.appliesTo("send-join", "membership"), altered.appliesTo("state", "x")]).to.deep.equal([
      true,
      false,
    ]);
  });

  it("altered-state: hashed and signed again where told", async () => {
    const rules = roomVersionRules("11");
    const topic = {
      type: "m.room.topic",
      state_key: "",
      sender: "@a:peer.test",
      content: { topic: "a" },
      hashes: {},
      signatures: {},
    };
    const altered = behaviour("altered-state", {
      endpoint: "state",
      type: "m.room.topic",
      at: "/content/topic",
      set: "b",
      "signed-anew": "11",
    });
    const { pdus } = (await altered.answer({ pdus: [topic] })) as unknown as { pdus: [Pdu] };
    expect(pdus[0].content).to.deep.equal({ topic: "b" });
    expect(contentHashMatches(pdus[0])).to.equal(true);
    expect(checkEventSignature(pdus[0], rules, PEER.name, PEER.key.keyId, PEER.key.publicKey)).to.equal(true);
  });

  it("hangs-up: without an answer", async () => {
    const hanging = behaviour("hangs-up", { endpoint: "events" });
    expect([hanging.appliesTo("backfill", "events"), hanging.appliesTo("send", "send")]).to.deep.equal([true, false]);
    const ended = await hanging.respond().catch((error: Error) => error.message);
    expect(ended).to.equal("hung up on purpose");
  });

  it("silent: until the caller has gone", async () => {
    const silent = behaviour("silent", { endpoint: "send" });
    const reasonOf = (promise: Promise<unknown>) =>
      promise.then(
        () => "an answer",
        (error: Error) => error.message,
      );
    const caller = new AbortController();
    const waiting = reasonOf(silent.respond(caller.signal));
    caller.abort(new Error("gone"));
    expect(await waiting).to.equal("gone");
    expect(await reasonOf(silent.respond(caller.signal))).to.equal("gone");
    expect(await reasonOf(silent.respond())).to.contain("can be aborted");
  });
});

describe("peer/behaviours/answers", () => {
  const document = { a: { "b/c": 1 }, list: [1, 2, 3] };
  it("sets and removes members, and leaves the original", () => {
    expect(withMember(document, "/a/b~1c", 2)).to.deep.equal({ ...document, a: { "b/c": 2 } });
    expect(withMember(document, "/a/new", null)).to.deep.equal({ ...document, a: { "b/c": 1, new: null } });
    expect(withMember(document, "/a", undefined)).to.deep.equal({ list: [1, 2, 3] });
    expect(withMember(document, "/list/1", undefined)).to.deep.equal({ ...document, list: [1, 3] });
    expect(() => withMember(document, "/list/first", undefined)).to.throw("/list/first names no item of a list");
    expect(withMember(document, "/no/where", 1)).to.deep.equal(document);
    expect(document).to.deep.equal({ a: { "b/c": 1 }, list: [1, 2, 3] });
  });

  it("policy-server: signs what it is shown, by its policy key or in its place by the published one", async () => {
    const found = BEHAVIOURS.find(({ name }) => name === "policy-server");
    const event = specEvent(ONE, "11");
    const shown = {
      ...call("policy-sign", "policy"),
      request: { ...call("x", "x").request, body: jsonResponse(200, event).body },
    };
    const honest = async () => jsonResponse(404, {});
    expect([found?.appliesTo(shown, {} as never), found?.appliesTo(call("send", "send"), {} as never)]).to.deep.equal([
      true,
      false,
    ]);
    const signer = async (more: JsonObject) => {
      const given = { "room-version": "11", ...more } as never;
      const answer = JSON.parse(String(Buffer.from((await found?.respond(SELF, shown, given, honest))?.body ?? [])));
      expect(Object.keys(answer)).to.deep.equal([PEER.name]);
      const signed = { ...event, signatures: answer } as Pdu;
      return [policyKeyOf(PEER.key), PEER.key].map(({ publicKey }) =>
        checkEventSignature(signed, roomVersionRules("11"), PEER.name, "ed25519:policy_server", publicKey),
      );
    };
    expect([await signer({}), await signer({ key: "published" })]).to.deep.equal([
      [true, false],
      [false, true],
    ]);
    const garbled = await found?.respond(
      SELF,
      call("policy-sign", "policy"),
      { "room-version": "11" } as never,
      honest,
    );
    expect(garbled).to.include({ status: 400 });
  });

  it("serves-file: in parts of several spellings, by itself, or as the place where it is", async () => {
    const answered = async (given: JsonObject) => {
      const found = behaviour("serves-file", given);
      expect([found.appliesTo(String(given.endpoint), "media"), found.appliesTo("send", "send")]).to.deep.equal([
        true,
        false,
      ]);
      return found.respond();
    };
    const parts = async (given: JsonObject) => {
      const { headers, body } = await answered({ endpoint: "media-download", ...given });
      const read = readMultipart(header(headers, "content-type"), body);
      return read.ok ? read.parts.map((part) => [partHeader(part, "location"), String(part.body)]) : read.reason;
    };
    for (const written of ["quoted", "surrounded", "in-capitals"]) {
      expect(await parts({ text: "x", written }), written).to.deep.equal([
        [undefined, "{}"],
        [undefined, "x"],
      ]);
    }
    expect(await parts({ place: "https://a/b" })).to.deep.equal([
      [undefined, "{}"],
      ["https://a/b", ""],
    ]);
    const old = await answered({ endpoint: "media-download-old", text: "x" });
    expect(String(old.body)).to.equal("x");
  });

  it("leaves a body alone that is no JSON object", () => {
    const html = { status: 502, headers: [], body: Buffer.from("<html>") };
    expect(withChangedBody(html, () => ({ changed: true }))).to.equal(html);
  });

  describe("of claims", () => {
    const key = { key: "Bkey", signatures: { "@a:x": { "ed25519:D": "sig" } } };
    const honest = { one_time_keys: { "@a:x": { D: { "signed_curve25519:k": key } } } };
    const given = (altered: JsonObject) => ({ one_time_keys: { "@a:x": { D: { "signed_curve25519:k": altered } } } });

    it("false-claims: forged or unsigned, and nothing else", async () => {
      const forged = behaviour("false-claims", { fault: "forged" });
      expect(await forged.answer(honest)).to.deep.equal(given({ ...key, key: "Akey" }));
      const unsigned = behaviour("false-claims", { fault: "unsigned" });
      expect(await unsigned.answer(honest)).to.deep.equal(given({ key: "Bkey" }));
      expect([forged.appliesTo("user-keys-claim", "keys"), forged.appliesTo("user-keys-query", "keys")]).to.deep.equal([
        true,
        false,
      ]);
    });

    it("replayed-claims: the first answer again and again", async () => {
      const replayed = behaviour("replayed-claims", {});
      expect(await replayed.answer(honest)).to.deep.equal(honest);
      expect(await replayed.answer({ one_time_keys: {} })).to.deep.equal(honest);
    });
  });
});
