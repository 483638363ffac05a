import { expect } from "chai";
import { checkEventFormat } from "../../../src/matrix/events/format.js";
import { type JsonObject, omit } from "../../../src/matrix/json.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { allRules, sampleEvent } from "./sample.js";

function reason(roomVersion: string, event: JsonObject): string {
  const check = checkEventFormat(event, roomVersionRules(roomVersion));
  return check.ok ? "" : check.reason;
}

const changed = (roomVersion: string, changes: JsonObject) => sampleEvent(roomVersionRules(roomVersion), changes);
const pair = ["$p:domain", { sha256: "x" }];

describe("event format", () => {
  it("accepts a plain event of every room version, unknown members included", () => {
    for (const rules of allRules) {
      const event = sampleEvent(rules, { state_key: "", unsigned: {}, "org.example.extra": { a: [null] } });
      expect(checkEventFormat(event, rules)).to.deep.equal({ ok: true, event });
    }
  });

  const required = ["type", "sender", "content", "origin_server_ts", "depth", "hashes", "signatures"];
  for (const field of [...required, "prev_events", "auth_events", "room_id"]) {
    it(`refuses an event without ${field}`, () => {
      for (const rules of allRules) {
        const check = checkEventFormat(omit(sampleEvent(rules), field), rules);
        expect(check.ok ? "" : check.reason, `room version ${rules.id}`).to.contain(field);
      }
    });
  }

  const wrong: readonly [string, JsonObject][] = [
    ["type", { type: 1 }],
    ["state_key", { state_key: null }],
    ["sender", { sender: "a:domain" }],
    ["sender", { sender: `@${"a".repeat(248)}:domain` }],
    ["content", { content: [] }],
    ["unsigned", { unsigned: "text" }],
    ["hashes", { hashes: { md5: "x" } }],
    ["hashes", { hashes: { sha256: 1 } }],
    ["signatures", { signatures: [] }],
    ["signatures", { signatures: { domain: "x" } }],
    ["signatures", { signatures: { domain: { "ed25519:1": 1 } } }],
    ["origin_server_ts", { origin_server_ts: "1" }],
    ["depth", { depth: "7" }],
    ["depth", { depth: -1 }],
    ["prev_events", { prev_events: {} }],
    ["auth_events", { auth_events: [5] }],
    ["redacts", { type: "m.room.redaction", redacts: 5 }],
    ["state_key", { state_key: "é".repeat(128) }],
    ["type", { type: "x".repeat(256) }],
  ];
  for (const [field, changes] of wrong) {
    it(`refuses ${JSON.stringify(changes).slice(0, 60)}`, () => {
      for (const rules of allRules) {
        const check = checkEventFormat(sampleEvent(rules, changes), rules);
        expect(check.ok ? "" : check.reason, `room version ${rules.id}`).to.contain(field);
      }
    });
  }

  it("wants event_id in versions 1 and 2, with a domain, and none later", () => {
    for (const id of ["1", "2"]) {
      expect(reason(id, omit(changed(id, {}), "event_id"))).to.contain("event_id");
      expect(reason(id, changed(id, { event_id: "$nodomain" }))).to.contain("event_id");
      expect(reason(id, changed(id, { event_id: `$${"a".repeat(248)}:domain` }))).to.contain("event_id");
    }
    expect(reason("3", changed("3", {}))).to.equal("");
  });

  it("wants pairs as references in versions 1 and 2 and ids later", () => {
    expect(reason("2", changed("2", { prev_events: [pair], auth_events: [pair] }))).to.equal("");
    expect(reason("2", changed("2", { prev_events: ["$p:domain"] }))).to.contain("prev_events");
    expect(reason("2", changed("2", { prev_events: [["$p:domain", {}]] }))).to.contain("prev_events");
    expect(reason("2", changed("2", { auth_events: [[...pair, 1]] }))).to.contain("auth_events");
    expect(reason("3", changed("3", { prev_events: ["$p"], auth_events: ["$p"] }))).to.equal("");
    expect(reason("3", changed("3", { prev_events: [pair] }))).to.contain("prev_events");
  });

  it("allows 20 previous and 10 auth events, not one more", () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => `$${index}`);
    expect(reason("11", changed("11", { prev_events: ids(20), auth_events: ids(10) }))).to.equal("");
    expect(reason("11", changed("11", { prev_events: ids(21) }))).to.contain("prev_events has 21");
    expect(reason("11", changed("11", { auth_events: ids(11) }))).to.contain("auth_events has 11");
  });

  it("bounds depth by the room version", () => {
    expect(reason("5", changed("5", { depth: 2 ** 63 }))).to.equal("");
    expect(reason("5", changed("5", { depth: 2 ** 64 }))).to.contain("depth");
    expect(reason("6", changed("6", { depth: 2 ** 53 - 1 }))).to.equal("");
    expect(reason("6", changed("6", { depth: 2 ** 53 }))).to.contain("/depth");
  });

  it("enforces canonical JSON from version 6 on, anywhere in the event", () => {
    for (const value of [1.5, 2 ** 53, "\ud800"]) {
      expect(reason("5", changed("5", { content: { a: [value] } }))).to.equal("");
      expect(reason("6", changed("6", { content: { a: [value] } }))).to.contain("/content/a/0");
      expect(reason("6", changed("6", { unsigned: { a: value } }))).to.contain("/unsigned/a");
    }
    expect(reason("1", changed("1", { content: { a: Number.POSITIVE_INFINITY } }))).to.contain("non-finite");
  });

  it("wants room IDs of the version's form", () => {
    expect(reason("11", changed("11", { room_id: "!nodomain" }))).to.contain("room_id");
    expect(reason("12", changed("12", { room_id: "!r:domain" }))).to.contain("room_id");
  });

  it("lets version 12 create events go without room_id and leaves one that has it to the auth rules", () => {
    const create = { type: "m.room.create", state_key: "", content: {} };
    expect(reason("12", omit(changed("12", create), "room_id"))).to.equal("");
    expect(reason("12", changed("12", { ...create, room_id: "!r:domain" }))).to.equal("");
    expect(reason("12", changed("12", { ...create, room_id: 5 }))).to.contain("room_id");
    expect(reason("11", omit(changed("11", create), "room_id"))).to.contain("room_id");
  });

  it("leaves redacts to other event types", () => {
    expect(reason("11", changed("11", { redacts: 5 }))).to.equal("");
  });
});
