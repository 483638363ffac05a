import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { forge } from "../../../src/steps/forging/forge.js";
import { handIn, makeMembership, sendMembership } from "../../../src/steps/peers/handshakes.js";
import { sendMessage } from "../../../src/steps/rooms/messages.js";
import { readState } from "../../../src/steps/rooms/reading.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/handshakes", () => {
  const house = playhouse();
  const initial = [{ type: "m.room.join_rules", content: { join_rule: "knock" } }];
  const open: Call = [createRoom, { as: "ann", id: "room" }];
  const knockable: Call = [createRoom, { as: "ann", id: "room", initial }];
  const closed: Call = [createRoom, { as: "ann", id: "room", preset: "private_chat" }];
  const makes = (more: JsonObject = {}): Call => [
    makeMembership,
    { as: "pia", room: "room", via: "one", membership: "join", id: "template", ...more },
  ];
  const sends = (more: JsonObject = {}): Call => [
    sendMembership,
    { as: "pia", template: "template", id: "sent", ...more },
  ];
  const asksForKeys: Call = [makeMembership, { as: "oli", room: "room", via: "one", membership: "join" }];
  const seesPia: Call = [readState, { as: "ann", room: "room", type: "m.room.member", key: "${pia}" }];

  describe("make-membership", () => {
    it("asks for a template of the room's version, and binds it", async () => {
      const played = await house.play([open, makes()]);
      const { from, to, target, response } = played.answer(makeMembership);
      expect([from, to]).to.deep.equal([played.serverName("peer"), played.serverName("one")]);
      const path = `${played.roomId("room")}/${played.userId("pia")}`;
      expect(target).to.equal(`/_matrix/federation/v1/make_join/${path}?ver=11`);
      expect(played.bound("template")).to.deep.equal({
        kind: "template",
        room: "room",
        via: "one",
        membership: "join",
        event: response.event,
        version: "11",
      });
      expect(played.title(makeMembership)).to.equal("pia asks one for a join template of “room”");
    });

    it("asks with the versions told, or none, and for another user", async () => {
      const target = async (more: JsonObject, room = open) =>
        (await house.play([room, makes(more)])).answer(makeMembership).target;
      expect(await target({ versions: ["10", "11"] })).to.match(/\?ver=10&ver=11$/);
      expect(await target({ membership: "knock" }, knockable)).to.match(/make_knock\/.*\?ver=11$/);
      const end = await house.endOf([open, makes({ "of-user": "bob", versions: [] })]);
      expect(end).to.include({ outcome: "failed", owedBy: "one" });
    });

    it("binds nothing unless told, and has no versions for leaving", async () => {
      const leaves: Call = [makeMembership, { as: "pia", room: "room", via: "one", membership: "leave" }];
      const played = await house.play([open, [join, { as: "pia", room: "room", via: "one" }], leaves]);
      expect(played.boundNames).to.deep.equal(["room"]);
      expect(played.answer(makeMembership).target).to.match(/make_leave\/[^?]*$/);
    });

    it("fails when refused, charged to the resident server", async () => {
      const end = await house.endOf([closed, makes()]);
      expect(end).to.include({ outcome: "failed", owedBy: "one", reason: "make_join was answered with 403" });
    });

    it("is for users of peers", async () => {
      const end = await house.endOf([open, makes({ as: "bob" })]);
      expect(end).to.include({ outcome: "error" });
      expect(end.reason).to.include("bob sits at a target, where a user of a peer is needed");
    });
  });

  describe("send-membership", () => {
    it("completes the template soundly and sends it", async () => {
      const played = await house.play([open, makes(), sends(), seesPia]);
      const { method, target, request } = played.answer(sendMembership);
      const event = played.pdu("sent");
      expect(method).to.equal("PUT");
      expect(target).to.equal(`/_matrix/federation/v2/send_join/${played.roomId("room")}/${played.eventId("sent")}`);
      expect(request).to.deep.equal(event);
      expect(played.soundness(event, ["peer"])).to.deep.equal({ hash: true, signers: ["peer"] });
      expect(played.bound("sent")).to.include({ kind: "event", room: "room", seat: "peer" });
      expect(played.answer(readState).response).to.include({ membership: "join" });
      expect(played.title(sendMembership)).to.equal("pia signs and sends the event of “template”");
    });

    it("says that members may be left out where told", async () => {
      const played = await house.play([open, makes(), sends({ "omit-members": true })]);
      expect(played.answer(sendMembership).target).to.match(/\/v2\/send_join\/[^?]*\?omit_members=true$/);
    });

    it("uses v1 for knocks", async () => {
      const played = await house.play([knockable, makes({ membership: "knock" }), sends()]);
      expect(played.answer(sendMembership).target).to.match(/\/v1\/send_knock\//);
    });

    it("forges as told: before signing soundly, after signing not", async () => {
      const mutate = (stage: string, at: string, set: string) => [{ at, set, stage }];
      const play = async (more: JsonObject) => {
        const played = await house.play([open, makes(), sends({ ...more, "may-fail": true }), asksForKeys]);
        return { played, found: played.soundness(played.pdu("sent"), ["peer"]), said: played.answer(sendMembership) };
      };
      const covered = await play({ mutate: mutate("before-signing", "/content/displayname", "${pia}") });
      expect(covered.found).to.deep.equal({ hash: true, signers: ["peer"] });
      expect(covered.said.request.content).to.deep.include({ displayname: covered.played.userId("pia") });
      const broken = await play({ mutate: mutate("after-signing", "/state_key", "${ann}") });
      expect(broken.found).to.deep.equal({ hash: false, signers: [] });
      expect(broken.said.status).to.equal(400);
    });

    it("puts other things into the path, at other endpoints, from other peers, where told", async () => {
      const other: Call = [createRoom, { as: "ann", id: "elsewhere" }];
      const play = async (more: JsonObject) =>
        await house.play([open, other, makes(), sends({ ...more, "may-fail": true })]);
      expect((await play({ "path-event": "$${token}" })).answer(sendMembership).target).to.match(/\/\$[0-9a-f]{10}$/);
      const elsewhere = await play({ "path-room": "elsewhere" });
      expect(elsewhere.answer(sendMembership).target).to.include(`/send_join/${elsewhere.roomId("elsewhere")}/`);
      expect((await play({ endpoint: "knock" })).answer(sendMembership).target).to.include("/v1/send_knock/");
      const byOther = await play({ by: "other" });
      expect(byOther.answer(sendMembership).from).to.equal(byOther.serverName("other"));
    });

    it("fails when refused, charged to the resident server, and goes on where told", async () => {
      const spoils = { mutate: [{ at: "/signatures", set: {}, stage: "after-signing" }] };
      const end = await house.endOf([open, makes(), sends(spoils)]);
      expect(end).to.include({ outcome: "failed", owedBy: "one" });
      expect(end.reason).to.match(/^send_join was answered with 4/);
      const played = await house.play([open, makes(), sends({ ...spoils, "may-fail": true })]);
      expect(played.observed(sendMembership, "response")[0]?.status).to.be.within(400, 499);
    });

    it("needs a template", async () => {
      const end = await house.endOf([open, [sendMembership, { as: "pia", template: "room", id: "sent" }]]);
      expect(end).to.include({ outcome: "error" });
    });
  });

  describe("hand-in", () => {
    const enters: Call = [join, { as: "pia", room: "room", via: "one" }];
    const leaving = { by: "pia", state: "m.room.member", key: "${pia}", content: { membership: "leave" } };
    const writes = (out: JsonObject): Call => [forge, { room: "room", events: { out } }];
    const hands = (endpoint: string): Call => [handIn, { event: "out", to: "one", endpoint }];

    it("hands a forged event in at the endpoint told", async () => {
      const played = await house.play([open, enters, writes(leaving), hands("leave"), seesPia]);
      const { target, request, from } = played.answer(handIn);
      expect(from).to.equal(played.serverName("peer"));
      expect(target).to.equal(`/_matrix/federation/v2/send_leave/${played.roomId("room")}/${played.eventId("out")}`);
      expect(request).to.deep.equal(played.pdu("out"));
      expect(played.answer(readState).response).to.include({ membership: "leave" });
      expect(played.title(handIn)).to.equal("“out” is handed in to one as a leave");
    });

    it("fails when refused, charged to the resident server; knocks go to v1", async () => {
      const end = await house.endOf([open, enters, writes({ by: "pia" }), hands("knock")]);
      expect(end).to.include({ outcome: "failed", owedBy: "one" });
      expect(end.reason).to.match(/^send_knock was answered with 4/);
    });

    it("hands in nothing but what a peer wrote", async () => {
      const end = await house.endOf([open, [sendMessage, { as: "ann", room: "room", id: "out" }], hands("join")]);
      expect(end).to.include({ outcome: "error" });
    });
  });
});
