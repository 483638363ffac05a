import { expect } from "chai";
import { askServer, syncAfresh, syncOnce } from "../../../src/steps/asking/asking.js";
import { createRoom } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/asking", () => {
  const house = playhouse();
  const BACKUP = { algorithm: "org.example.backup", auth_data: {} };

  describe("ask-server", () => {
    it("sends a request, observes whatever comes back, and binds a member of it", async () => {
      const makes: Call = [
        askServer,
        { as: "ann", method: "POST", path: "/room_keys/version", body: BACKUP, id: "version", member: "version" },
      ];
      const reads: Call = [askServer, { as: "ann", path: "/room_keys/version/${version}" }];
      const played = await house.play([makes, reads]);
      expect(played.text("version")).to.equal("1");
      expect(played.answer(askServer)).to.nested.include({ status: 200, "response.algorithm": BACKUP.algorithm });
      expect(played.title(askServer)).to.equal("ann asks the own server: GET /room_keys/version/${version}");
    });

    it("asks by the API's first version where told", async () => {
      const space: Call = [createRoom, { as: "ann", id: "space", creation: { type: "m.space" } }];
      const played = await house.play([
        space,
        [askServer, { as: "ann", api: "v1", path: "/rooms/${space}/hierarchy" }],
      ]);
      expect(played.answer(askServer).uri).to.match(/^\/_matrix\/client\/v1\/rooms\//);
      expect(played.answer(askServer).response).to.have.nested.property("rooms[0].room_id", played.roomId("space"));
    });

    it("takes a refusal for an answer, but for a member that it needs", async () => {
      const played = await house.play([[askServer, { as: "ann", path: "/room_keys/version" }]]);
      expect(played.answer(askServer)).to.include({ status: 404 });
      const needs: Call = [askServer, { as: "ann", path: "/room_keys/version", id: "x", member: "version" }];
      expect(await house.endOf([needs])).to.include({ outcome: "failed", owedBy: "one" });
    });
  });

  describe("sync-on and sync-afresh", () => {
    it("sync on from where the client is, and from the beginning", async () => {
      const played = await house.play([
        [syncOnce, { as: "ann" }],
        [syncAfresh, { as: "ann" }],
      ]);
      const syncs = played.sent(/\/sync\?/).map(({ target }) => target);
      expect(syncs).to.have.length(2);
      expect(syncs.filter((target) => target.includes("filter="))).to.have.length(1);
      expect(syncs.filter((target) => target.includes("since="))).to.have.length(0);
      expect(played.answer(syncAfresh).response).to.have.property("next_batch");
      expect(played.title(syncAfresh)).to.equal("ann's client syncs from the beginning");
      expect(played.title(syncOnce)).to.equal("ann's client syncs");
    });
  });
});
