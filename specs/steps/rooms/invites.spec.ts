import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { forge } from "../../../src/steps/forging/forge.js";
import { request } from "../../../src/steps/peers/peer-requests.js";
import { sendInvite } from "../../../src/steps/rooms/invites.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { type Call, type PlayOptions, playhouse } from "../../support/play-steps.js";
import type { Played, Said } from "../../support/played.js";

describe("steps/invites", () => {
  const house = playhouse();
  const made: Call = [createRoom, { as: "pia", id: "room", name: "Tea", preset: "private_chat" }];
  const other: Call = [createRoom, { as: "pia", id: "elsewhere", name: "Coffee" }];
  const asksForKeys: Call = [request, { by: "other", to: "peer", path: "/_matrix/key/v2/server" }];
  const invites = (more: JsonObject = {}): Call => [
    sendInvite,
    { as: "pia", who: "bob", room: "room", to: "two", id: "invite", ...more },
  ];

  /** The invite's request, whether it was accepted or not. */
  async function sent(more: JsonObject, options: PlayOptions = {}): Promise<{ played: Played; said: Said }> {
    const played = await house.tryOut([made, other, asksForKeys, invites(more)], options);
    return { played, said: played.answer(sendInvite) };
  }

  const shown = ({ request: { invite_room_state: state } }: Said) => state as { type: string; content: JsonObject }[];
  const nameShown = (said: Said) => shown(said).find(({ type }) => type === "m.room.name")?.content.name;

  describe("send-invite", () => {
    it("sends a sound invite, with what tells the room, and has the signed one in the room", async () => {
      const lets: Call = [join, { as: "bob", room: "room", via: "peer" }];
      const played = await house.play([made, asksForKeys, invites(), lets]);
      const said = played.answer(sendInvite);
      const event = played.pdu("invite");
      expect(said).to.include({ method: "PUT", from: played.serverName("peer"), to: played.serverName("two") });
      expect(said.target).to.equal(
        `/_matrix/federation/v2/invite/${played.roomId("room")}/${played.eventId("invite")}`,
      );
      expect(said.request).to.deep.include({ room_version: "11", event });
      expect(shown(said).map(({ type }) => type)).to.deep.equal(["m.room.create", "m.room.join_rules", "m.room.name"]);
      expect(event).to.deep.include({ state_key: played.userId("bob"), content: { membership: "invite" } });
      expect(played.soundness(event, ["peer"])).to.deep.equal({ hash: true, signers: ["peer"] });
      expect(played.soundness((said.response.event ?? {}) as never, ["peer", "two"]).signers).to.deep.equal([
        "peer",
        "two",
      ]);
      expect(played.title(sendInvite)).to.equal("pia sends two an invite of bob");
    });

    it("forges before and after signing", async () => {
      const mutated = async (stage: string) => {
        const { played } = await sent({ mutate: [{ at: "/content/reason", set: "for ${ann}", stage }] });
        expect(played.pdu("invite").content.reason).to.equal(`for ${played.userId("ann")}`);
        return played.soundness(played.pdu("invite"), ["peer"]);
      };
      expect(await mutated("before-signing")).to.deep.equal({ hash: true, signers: ["peer"] });
      // What is not kept by redaction is covered by the hash alone.
      expect(await mutated("after-signing")).to.deep.equal({ hash: false, signers: ["peer"] });
    });

    it("claims another version, path, sender and state, where told", async () => {
      expect((await sent({ version: "10" })).said.request).to.include({ room_version: "10" });
      const { played, said } = await sent({ "path-event": "$of-${ann}" });
      expect(said.target).to.include(`/$of-${played.userId("ann")}`);
      const byOther = await sent({ by: "other" });
      expect(byOther.said.from).to.equal(byOther.played.serverName("other"));
      expect(nameShown((await sent({ "state-of": "elsewhere" })).said)).to.equal("Coffee");
      expect(shown((await sent({ "without-state": true })).said)).to.deep.equal([]);
    });

    it("forges the state that it shows", async () => {
      const forgeries = [
        { type: "m.room.name", at: "/content/name", set: "of ${bob}" },
        { type: "m.room.create", at: "/content/room_version" },
      ];
      const { played, said } = await sent({ "mutate-state": forgeries });
      expect(nameShown(said)).to.equal(`of ${played.userId("bob")}`);
      expect(shown(said)[0]?.content).not.to.have.property("room_version");
      const honest = await sent({});
      expect(shown(honest.said)[0]?.content).to.include({ room_version: "11" });
    });

    it("takes the invite in as the guest's server signed it, unless it was forged", async () => {
      const after: Call = [forge, { room: "room", events: { next: { by: "pia" } } }];
      const honest = await house.play([made, invites(), after]);
      expect(honest.pdu("next").prev_events).to.deep.equal([honest.eventId("invite")]);
      const mutate = [{ at: "/content/reason", set: "none", stage: "before-signing" }];
      const lie = await house.play([made, invites({ mutate }), after]);
      expect(lie.pdu("next").prev_events).not.to.deep.include(lie.eventId("invite"));
    });

    it("fails when the invite is refused, charged to the server that was sent it", async () => {
      const end = await house.endOf([made, invites({ who: "abe" })]);
      expect(end).to.include({ outcome: "failed", owedBy: "two", reason: "the invite was answered with 400" });
    });

    it("is for users of peers, in rooms that they know", async () => {
      const hers: Call = [createRoom, { as: "ann", id: "room" }];
      expect(await house.endOf([hers, invites({ as: "ann" })])).to.include({ outcome: "error" });
      expect(await house.endOf([hers, invites()])).to.include({ outcome: "error" });
    });
  });
});
