import { expect } from "chai";
import { cut, mend } from "../../../src/steps/peers/peer-control.js";
import { joinByAlias, readProfile, resolveAlias, setDisplayname } from "../../../src/steps/rooms/profiles.js";
import { createRoom } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/profiles", () => {
  const house = playhouse();
  const named: Call = [createRoom, { as: "ann", id: "room", alias: "tea" }];
  const between = ["one", "two"];

  describe("set-displayname", () => {
    it("sets the name that others then see", async () => {
      const renames: Call = [setDisplayname, { as: "ann", to: "Ann, née ${bob}" }];
      const played = await house.play([renames, [readProfile, { as: "bob", of: "ann" }]]);
      expect(played.answer(setDisplayname)).to.include({
        method: "PUT",
        target: `/_matrix/client/v3/profile/${played.userId("ann")}/displayname`,
      });
      expect(played.answer(readProfile).response).to.include({ displayname: "Ann, née ${bob}" });
      expect(played.title(setDisplayname)).to.equal("ann takes the display name “Ann, née ${bob}”");
    });

    it("is for users of targets", async () => {
      expect(await house.endOf([[setDisplayname, { as: "pia", to: "Pia" }]])).to.include({ outcome: "error" });
    });
  });

  describe("read-profile", () => {
    it("asks the user's own server, which asks the other's", async () => {
      const played = await house.play([[readProfile, { as: "ann", of: "pia" }]]);
      expect(played.answer(readProfile)).to.include({
        to: played.serverName("one"),
        target: `/_matrix/client/v3/profile/${played.userId("pia")}`,
      });
      const [asked] = played.sent(/federation\/v1\/query\/profile/);
      expect(asked).to.include({ from: played.serverName("one"), to: played.serverName("peer") });
      expect(played.title(readProfile)).to.equal("ann looks up the profile of pia");
    });

    it("knows the cast", async () => {
      const end = await house.endOf([[readProfile, { as: "ann", of: "nobody" }]]);
      expect(end).to.include({ outcome: "error" });
      expect(end.reason).to.include("nobody called nobody in the cast");
    });
  });

  describe("resolve-alias", () => {
    it("resolves a room's alias, or one that the server does not have", async () => {
      const played = await house.play([named, [resolveAlias, { as: "bob", room: "room" }]]);
      const { from, target, response } = played.answer(resolveAlias);
      expect(from).to.equal(played.userId("bob"));
      expect(target).to.equal(`/_matrix/client/v3/directory/room/${played.bound("room").alias}`);
      expect(response).to.include({ room_id: played.roomId("room") });
      const vain = await house.play([[resolveAlias, { as: "bob", unknown: "one" }]]);
      expect(vain.answer(resolveAlias).target).to.match(
        new RegExp(`#nothing-${vain.instance.token}:${vain.serverName("one")}$`),
      );
      expect(vain.answer(resolveAlias)).to.include({ status: 404 });
      expect(vain.title(resolveAlias)).to.equal("bob resolves an alias that one does not have");
    });

    it("cannot ask a seat that is not there", async () => {
      expect(await house.endOf([[resolveAlias, { as: "bob" }]])).to.include({ outcome: "error" });
    });
  });

  describe("join-by-alias", () => {
    it("joins by the alias alone", async () => {
      const played = await house.play([named, [joinByAlias, { as: "bob", room: "room" }]]);
      expect(played.answer(joinByAlias)).to.include({
        target: `/_matrix/client/v3/join/${played.bound("room").alias}`,
        status: 200,
      });
      expect(played.answer(joinByAlias).response).to.include({ room_id: played.roomId("room") });
      expect(played.title(joinByAlias)).to.equal("bob joins “room” by its alias");
    });

    it("fails where the alias' server cannot be reached, charged to the user's own", async () => {
      const end = await house.endOf([named, [cut, { between }], [joinByAlias, { as: "bob", room: "room" }]]);
      expect(end).to.include({ outcome: "failed", owedBy: "two" });
      await house.play([[mend, { between }]]);
    });
  });
});
