import { expect } from "chai";
import fc from "fast-check";
import { redact } from "../../../src/matrix/events/redaction.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { allRules, anyEvent, sampleEvent } from "./sample.js";

const signed = { mxid: "@b:domain", token: "t" };
const full: { readonly [type: string]: JsonObject } = {
  "m.room.member": {
    membership: "join",
    join_authorised_via_users_server: "@a:domain",
    third_party_invite: { display_name: "A", signed },
    displayname: "A",
  },
  "m.room.create": { creator: "@a:domain", room_version: "11", "m.federate": true },
  "m.room.join_rules": { join_rule: "restricted", allow: [], other: 1 },
  "m.room.power_levels": {
    ...{ ban: 1, events: {}, events_default: 2, kick: 4, redact: 5, state_default: 6, users: {}, users_default: 7 },
    ...{ invite: 3, notifications: {}, other: 1 },
  },
  "m.room.aliases": { aliases: [], other: 1 },
  "m.room.history_visibility": { history_visibility: "shared", other: 1 },
  "m.room.redaction": { redacts: "$x", reason: "r" },
  "m.room.message": { body: "hi" },
  constructor: { body: "hi" },
};

// Which content keys survive, from that room version on until the next entry.
const kept: { readonly [type: string]: { readonly [since: string]: readonly string[] } } = {
  "m.room.member": {
    1: ["membership"],
    9: ["membership", "join_authorised_via_users_server"],
    11: ["membership", "join_authorised_via_users_server", "third_party_invite"],
  },
  "m.room.create": { 1: ["creator"], 11: ["creator", "room_version", "m.federate"] },
  "m.room.join_rules": { 1: ["join_rule"], 8: ["join_rule", "allow"] },
  "m.room.power_levels": {
    1: ["ban", "events", "events_default", "kick", "redact", "state_default", "users", "users_default"],
    11: ["ban", "events", "events_default", "kick", "redact", "state_default", "users", "users_default", "invite"],
  },
  "m.room.aliases": { 1: ["aliases"], 6: [] },
  "m.room.history_visibility": { 1: ["history_visibility"] },
  "m.room.redaction": { 1: [], 11: ["redacts"] },
  "m.room.message": { 1: [] },
  constructor: { 1: [] },
};

describe("redaction", () => {
  for (const [type, content] of Object.entries(full)) {
    it(`keeps of ${type} what each room version protects`, () => {
      for (const rules of allRules) {
        const since = Object.keys(kept[type] ?? {}).filter((id) => Number(id) <= Number(rules.id));
        const expected = kept[type]?.[since.at(-1) ?? ""] ?? [];
        const redacted = redact(sampleEvent(rules, { type, content, state_key: "" }), rules);
        expect(Object.keys(redacted.content), `room version ${rules.id}`).to.have.members([...expected]);
      }
    });
  }

  it("reduces a third-party invite to its signed part from version 11 on", () => {
    const rules = roomVersionRules("11");
    const member = (content: JsonObject) =>
      redact(sampleEvent(rules, { type: "m.room.member", content }), rules).content;
    expect(member(full["m.room.member"] ?? {})).to.have.deep.property("third_party_invite", { signed });
    expect(member({ third_party_invite: { display_name: "A" } })).to.deep.equal({});
    expect(member({ third_party_invite: "text" })).to.deep.equal({});
  });

  it("keeps origin, membership and prev_state at the top up to version 10 only", () => {
    const extras = { origin: "domain", membership: "join", prev_state: [], redacts: "$x", unsigned: {}, x: 1 };
    for (const rules of allRules) {
      const redacted = redact(sampleEvent(rules, { ...extras, state_key: "" }), rules);
      const expected = [...Object.keys(sampleEvent(rules)), "state_key"];
      const old = Number(rules.id) <= 10 ? ["origin", "membership", "prev_state"] : [];
      expect(Object.keys(redacted), `room version ${rules.id}`).to.have.members([...expected, ...old]);
    }
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(anyEvent, ({ event, rules }) => {
        const once = redact(event, rules);
        expect(redact(once, rules)).to.deep.equal(once);
      }),
    );
  });

  it("never adds or alters, only removes", () => {
    fc.assert(
      fc.property(anyEvent, ({ event, rules }) => {
        const { content: _, ...top } = redact(event, rules);
        for (const [name, value] of Object.entries(top)) expect(value).to.equal(event[name]);
      }),
    );
  });

  it("leaves the event given alone", () => {
    const rules = roomVersionRules("12");
    const event = Object.freeze(sampleEvent(rules, { x: 1 }));
    redact(event, rules);
    expect(event).to.deep.equal(sampleEvent(rules, { x: 1 }));
  });
});
