import { expect } from "chai";
import { countRequests, countUpdates } from "../../../src/steps/encryption/device-updates.js";
import { queryKeys, uploadKeys } from "../../../src/steps/encryption/devices.js";
import { sendEdu } from "../../../src/steps/forging/forge.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/device-updates", () => {
  const house = playhouse();
  const uploads: Call = [uploadKeys, { as: "ann", id: "device" }];
  const counts = (id: string, peer = "peer"): Call => [countUpdates, { peer, user: "ann", device: "device", id }];
  const tells = (user: string, device: string, type = "m.device_list_update"): Call => [
    sendEdu,
    { by: "other", to: "peer", type, content: { user_id: user, device_id: device } },
  ];

  describe("count-device-updates", () => {
    it("binds how many updates about the user's device have reached the peer so far", async () => {
      const told = tells("${ann}", "${device}");
      const played = await house.play([
        uploads,
        counts("before"),
        told,
        counts("between"),
        tells("${ann}", "ANOTHER"),
        tells("${bob}", "${device}"),
        tells("${ann}", "${device}", "org.example.other"),
        told,
        counts("after"),
        counts("elsewhere", "other"),
      ]);
      const counted = ["before", "between", "after", "elsewhere"].map((name) => played.text(name));
      expect(counted).to.deep.equal(["0", "1", "2", "0"]);
      expect(played.title(countUpdates)).to.equal(
        "The updates about “device” of ann that other has received are counted",
      );
    });

    it("counts at peers only, and needs a device", async () => {
      expect(await house.endOf([uploads, counts("before", "one")])).to.include({ outcome: "error" });
      expect(await house.endOf([counts("before")])).to.include({ outcome: "error" });
    });
  });

  describe("count-requests", () => {
    it("binds how many requests of those kinds have reached the peer so far", async () => {
      const counting = (id: string): Call => [countRequests, { peer: "peer", request: ["user-keys-query"], id }];
      const asks: Call = [queryKeys, { as: "ann", of: "pia" }];
      const played = await house.play([counting("before"), asks, counting("after")]);
      expect([played.text("before"), played.text("after")]).to.deep.equal(["0", "1"]);
      expect(played.title(countRequests)).to.equal("The user-keys-query requests that peer has received are counted");
    });
  });
});
