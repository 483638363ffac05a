import { expect } from "chai";
import { authEventKeys } from "../../../src/matrix/auth-rules/auth-events.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { ROOM_VERSIONS, roomVersionRules } from "../../../src/matrix/room-versions.js";
import { splitStateKey } from "../../../src/matrix/state-map.js";

const A = "@a:a.example";
const B = "@b:b.example";
const C = "@c:c.example";

const always = ["m.room.power_levels ", `m.room.member ${A}`];

function selection(version: string, type: string, content: JsonObject, stateKey?: string): string[] {
  const event = { type, sender: A, content, ...(stateKey === undefined ? {} : { state_key: stateKey }) };
  return authEventKeys(event, roomVersionRules(version)).map((key) => splitStateKey(key).join(" "));
}

function membership(version: string, content: JsonObject, target: string): string[] {
  return selection(version, "m.room.member", content, target).filter((key) => key !== "m.room.create ");
}

describe("authEventKeys", () => {
  for (const version of ROOM_VERSIONS) {
    const create = version === "12" ? [] : ["m.room.create "];

    it(`selects nothing for the create event of version ${version}`, () => {
      expect(selection(version, "m.room.create", {}, "")).to.deep.equal([]);
    });

    it(`selects ${create.length === 0 ? "no create event" : "the create event"}, levels and the sender in version ${version}`, () => {
      expect(selection(version, "m.room.message", {})).to.deep.equal([...create, ...always]);
      expect(selection(version, "m.room.topic", {}, "")).to.deep.equal([...create, ...always]);
    });
  }

  it("adds the target for every membership, once when it is the sender", () => {
    expect(membership("11", { membership: "leave" }, B)).to.deep.equal([...always, `m.room.member ${B}`]);
    expect(membership("11", { membership: "ban" }, B)).to.deep.equal([...always, `m.room.member ${B}`]);
    expect(membership("11", { membership: "leave" }, A)).to.deep.equal(always);
  });

  it("adds join rules for join, invite and knock only", () => {
    for (const name of ["join", "invite", "knock"]) {
      expect(membership("11", { membership: name }, A)).to.deep.equal([...always, "m.room.join_rules "]);
    }
  });

  it("adds the third-party invite of an invite's token, and of nothing else", () => {
    const third_party_invite = { signed: { token: "t" } };
    const invitation = "m.room.third_party_invite t";
    expect(membership("1", { membership: "invite", third_party_invite }, B)).to.include(invitation);
    expect(membership("1", { membership: "join", third_party_invite }, B)).not.to.include(invitation);
    expect(membership("1", { membership: "invite", third_party_invite: { signed: {} } }, B)).to.have.length(4);
  });

  it("adds the authorising user of a join where the version knows restricted rooms", () => {
    const authorised = { join_authorised_via_users_server: C };
    expect(membership("8", { membership: "join", ...authorised }, A)).to.include(`m.room.member ${C}`);
    expect(membership("7", { membership: "join", ...authorised }, A)).not.to.include(`m.room.member ${C}`);
    expect(membership("8", { membership: "leave", ...authorised }, A)).not.to.include(`m.room.member ${C}`);
  });
});
