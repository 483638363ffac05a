import { expect } from "chai";
import fc from "fast-check";
import { contentHashMatches } from "../../../src/matrix/events/hashes.js";
import { redact } from "../../../src/matrix/events/redaction.js";
import {
  addEventSignature,
  checkEventSignature,
  completeEvent,
  requiredSigners,
} from "../../../src/matrix/events/sign.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { signingKey } from "../../../src/matrix/keys.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { type RoomVersionRules, roomVersionRules } from "../../../src/matrix/room-versions.js";
import { anyEvent, key, sampleEvent } from "./sample.js";

const other = signingKey(new Uint8Array(32).fill(9), "o");
const verifies = (event: Pdu, rules: RoomVersionRules) =>
  checkEventSignature(event, rules, "domain", key.keyId, key.publicKey);

describe("event signatures", () => {
  it("verify on the full event and on its redacted copy, with a content hash that matches", () => {
    fc.assert(
      fc.property(anyEvent, ({ event, rules }) => {
        const signed = completeEvent(event, rules, "domain", key);
        expect(verifies(signed, rules)).to.equal(true);
        expect(verifies(redact(signed, rules), rules)).to.equal(true);
        expect(contentHashMatches(signed)).to.equal(true);
      }),
      { numRuns: 60 },
    );
  });

  it("survive a change of unprotected content, which the content hash then shows", () => {
    const rules = roomVersionRules("11");
    const signed = completeEvent(sampleEvent(rules), rules, "domain", key);
    const tampered = { ...signed, content: { body: "other" } };
    expect(verifies(tampered, rules)).to.equal(true);
    expect(contentHashMatches(tampered)).to.equal(false);
  });

  const rules = roomVersionRules("11");
  const signed = completeEvent(sampleEvent(rules, { type: "m.room.create", state_key: "" }), rules, "domain", key);
  const tampering: readonly JsonObject[] = [
    { sender: "@b:domain" },
    { depth: 8 },
    { origin_server_ts: 1 },
    { hashes: { sha256: "other" } },
    { content: {} },
    { state_key: "x" },
    { room_id: "!s:domain" },
    { prev_events: ["$x"] },
    { auth_events: ["$x"] },
  ];
  for (const change of tampering) {
    it(`fail after ${JSON.stringify(change)}`, () => {
      expect(verifies({ ...signed, ...change } as Pdu, rules)).to.equal(false);
    });
  }

  it("fail for another signer, key id or key", () => {
    expect(checkEventSignature(signed, rules, "elsewhere", key.keyId, key.publicKey)).to.equal(false);
    expect(checkEventSignature(signed, rules, "domain", "ed25519:2", key.publicKey)).to.equal(false);
    expect(checkEventSignature(signed, rules, "domain", key.keyId, other.publicKey)).to.equal(false);
  });

  it("fail under the redaction of another room version when top-level origin is there", () => {
    const v10 = roomVersionRules("10");
    const old = completeEvent(sampleEvent(v10, { origin: "domain" }), v10, "domain", key);
    expect(verifies(old, v10)).to.equal(true);
    expect(verifies(old, roomVersionRules("11"))).to.equal(false);
  });

  it("add up: content, hashes, unsigned data and earlier signatures stay", () => {
    const event = { ...signed, unsigned: { age: 1 } };
    const both = addEventSignature(event, rules, "elsewhere", other);
    expect(both).to.deep.include({ content: signed.content, hashes: signed.hashes, unsigned: { age: 1 } });
    expect(verifies(both, rules)).to.equal(true);
    expect(checkEventSignature(both, rules, "elsewhere", other.keyId, other.publicKey)).to.equal(true);
  });

  it("cover events without a canonical form in old rooms", () => {
    const v5 = roomVersionRules("5");
    const float = completeEvent(
      sampleEvent(v5, { type: "m.room.power_levels", state_key: "", content: { ban: 50.5 } }),
      v5,
      "domain",
      key,
    );
    expect(verifies(float, v5)).to.equal(true);
  });
});

describe("required signers", () => {
  const signers = (id: string, changes: JsonObject) =>
    requiredSigners(sampleEvent(roomVersionRules(id), changes), roomVersionRules(id));
  const join = { membership: "join", join_authorised_via_users_server: "@c:authoriser" };

  it("are the sender's server", () => {
    for (const id of ["1", "2", "3", "12"]) expect(signers(id, {})).to.deep.equal(["domain"]);
    expect(signers("12", { sender: "@a:other:8448" })).to.deep.equal(["other:8448"]);
  });

  it("include the domain of event_id in versions 1 and 2 only", () => {
    for (const id of ["1", "2"])
      expect(signers(id, { event_id: "$e:elsewhere" })).to.deep.equal(["domain", "elsewhere"]);
    expect(signers("3", { event_id: "$e:elsewhere" })).to.deep.equal(["domain"]);
  });

  it("include the authoriser's server on member events from version 8 on", () => {
    const member = { type: "m.room.member", state_key: "@a:domain", content: join };
    expect(signers("7", member)).to.deep.equal(["domain"]);
    for (const id of ["8", "12"]) expect(signers(id, member)).to.deep.equal(["domain", "authoriser"]);
    expect(signers("8", { ...member, content: { ...join, membership: "leave" } })).to.include("authoriser");
    expect(signers("8", { ...member, type: "m.room.message" })).to.deep.equal(["domain"]);
  });

  it("do not include the sender's server for third-party invites", () => {
    const invite = { membership: "invite", third_party_invite: { signed: {} } };
    const member = { type: "m.room.member", state_key: "@b:other", content: invite };
    expect(signers("11", member)).to.deep.equal([]);
    expect(signers("1", member)).to.deep.equal(["domain"]);
    expect(signers("11", { ...member, content: { ...invite, membership: "join" } })).to.deep.equal(["domain"]);
    expect(signers("11", { ...member, content: { ...invite, third_party_invite: null } })).to.deep.equal(["domain"]);
  });

  it("are never fewer because an id is malformed", () => {
    expect(signers("11", { sender: "nonsense" })).to.deep.equal(["nonsense"]);
    const member = { type: "m.room.member", content: { ...join, join_authorised_via_users_server: 5 } };
    expect(signers("11", member)).to.have.length(2);
  });
});
