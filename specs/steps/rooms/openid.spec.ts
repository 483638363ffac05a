import { expect } from "chai";
import { redeemToken } from "../../../src/steps/rooms/openid.js";
import { playhouse } from "../../support/play-steps.js";

describe("steps/openid", () => {
  const house = playhouse();

  describe("redeem-token", () => {
    const redeemed = async (token: string) => {
      const played = await house.play([[redeemToken, { as: "ann", by: "peer", token }]]);
      return { answer: played.answer(redeemToken), title: played.title(redeemToken) };
    };

    it("has a user's server say for whom a token made for this speaks, and keeps the token out of the record", async () => {
      const { answer, title } = await redeemed("openid");
      expect(answer.status).to.equal(200);
      expect(decodeURIComponent(answer.target)).to.equal(
        "/_matrix/federation/v1/openid/userinfo?access_token=«redacted»",
      );
      expect(title).to.equal("peer redeems ann's OpenID token");
    });

    it("asks with the user's access token, and with one that nobody made", async () => {
      for (const token of ["access-token", "unknown"]) expect((await redeemed(token)).answer.status).to.equal(401);
    });
  });
});
