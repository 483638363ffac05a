import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { askServer } from "../../../src/steps/asking/asking.js";
import { queryKeys, uploadKeys } from "../../../src/steps/encryption/devices.js";
import { logIn, logOut } from "../../../src/steps/rooms/sessions.js";
import { type Call, playhouse } from "../../support/play-steps.js";
import type { Played } from "../../support/played.js";

describe("steps/sessions", () => {
  const house = playhouse();
  const logsIn: Call = [logIn, { as: "ann", id: "phone" }];
  const logsOut: Call = [logOut, { as: "ann", device: "phone" }];
  const asks: Call = [queryKeys, { as: "bob", of: "ann" }];
  const devices = (played: Played) => {
    const { device_keys: keys } = played.answer(queryKeys).response;
    return Object.keys(((keys as JsonObject)[played.userId("ann")] ?? {}) as JsonObject);
  };

  describe("log-in", () => {
    it("opens a session on one more device, which uploads its keys, and binds its id", async () => {
      const played = await house.play([[uploadKeys, { as: "ann", id: "first" }], logsIn, asks]);
      expect(played.text("phone")).not.to.equal(played.text("first"));
      expect(devices(played)).to.have.members([played.text("first"), played.text("phone")]);
      expect(played.title(logIn)).to.equal("ann logs in on one more device, which uploads its keys");
    });

    it("names the device where told, and goes on when the server refuses, where that is allowed", async () => {
      const key = "7t14LtetzRQvdmXw4ueakEyU3SVJXTVerUrRVdQms2Q";
      const named: JsonObject = { as: "ann", id: "phone", device: key };
      const played = await house.play([[logIn, named]]);
      expect(played.text("phone")).to.equal(key);
      expect(played.answer(logIn)).to.include({ target: "/_matrix/client/v3/keys/upload", status: 200 });
      expect(played.title(logIn)).to.equal(`ann logs in on a device called ${key}, which uploads its keys`);
      const master_key = { user_id: "${ann}", usage: ["master"], keys: { [`ed25519:${key}`]: key } };
      const taken: Call = [
        askServer,
        { as: "ann", method: "POST", path: "/keys/device_signing/upload", body: { master_key } },
      ];
      const refused = await house.play([taken, [logIn, { ...named, "may-fail": true }]]);
      expect(refused.answer(logIn)).to.include({ target: "/_matrix/client/v3/login", status: 403 });
      expect(refused.ends.at(-1)).to.include({ outcome: "done" });
      const end = await house.endOf([taken, [logIn, named]]);
      expect(end).to.include({ outcome: "failed", owedBy: "one" });
    });

    it("is for users of targets", async () => {
      const end = await house.endOf([[logIn, { as: "pia", id: "phone" }]]);
      expect(end).to.include({ outcome: "error", reason: "Error: pia sits at a peer and has no devices" });
    });
  });

  describe("log-out", () => {
    it("ends the session, whose device is gone", async () => {
      const played = await house.play([logsIn, logsOut, asks]);
      expect(played.sent(/\/logout$/)[0]).to.include({ method: "POST", status: 200 });
      expect(devices(played)).not.to.include(played.text("phone"));
      expect(played.title(logOut)).to.equal("ann logs out on “phone”");
    });

    it("fails when the server refuses, charged to it, and needs a session", async () => {
      const end = await house.endOf([logsIn, logsOut, logsOut]);
      expect(end).to.include({ outcome: "failed", owedBy: "one" });
      expect(end.reason).to.include("401");
      const never = await house.endOf([logsOut]);
      expect(never).to.include({ outcome: "error", reason: "Error: nobody logged in as phone" });
    });
  });
});
