import { expect } from "chai";
import { makeText } from "../../src/steps/texts.js";
import { playhouse } from "../support/play-steps.js";

describe("steps/texts", () => {
  const house = playhouse();

  describe("make-text", () => {
    it("makes a text of so many bytes, also of letters that need several", async () => {
      const played = await house.play([
        [makeText, { id: "plain", bytes: 5 }],
        [makeText, { id: "umlauts", bytes: 6, of: "ü" }],
        [makeText, { id: "user", bytes: 255, before: "@", after: ":${peer}" }],
      ]);
      expect(played.text("plain")).to.equal("xxxxx");
      expect(played.text("umlauts")).to.equal("üüü");
      expect(Buffer.byteLength(played.text("user"))).to.equal(255);
      expect(played.text("user")).to.match(/^@x+:/).and.to.include(played.serverName("peer"));
    });

    it("knows what cannot be made", async () => {
      const end = await house.endOf([[makeText, { id: "odd", bytes: 5, of: "ü" }]]);
      expect(end.reason).to.include("5 bytes cannot be filled with ü");
      const short = await house.endOf([[makeText, { id: "short", bytes: 2, before: "org.example" }]]);
      expect(short.reason).to.include("2 bytes cannot be filled");
    });
  });
});
