import { expect } from "chai";
import { register } from "../../../src/steps/rooms/registering.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/registering", () => {
  const house = playhouse();
  const named = (localpart: string): Call => [register, { at: "one", localpart }];

  it("register: makes a user as all users of the target are made, and shows the answer", async () => {
    const played = await house.play([named("zoe-${token}")]);
    const { request, response } = played.answer(register);
    expect(request.username).to.equal(`zoe-${played.instance.token}`);
    expect(response.user_id).to.equal(`@zoe-${played.instance.token}:${played.serverName("one")}`);
    expect(played.title(register)).to.equal("Somebody wants to be “zoe-${token}” at one");
  });

  it("register: shows a refusal as well", async () => {
    const played = await house.play([named("Zoe-${token}")]);
    expect(played.answer(register).response).to.include({ errcode: "M_INVALID_USERNAME" });
  });

  it("register: needs the token in the name, and a server under test", async () => {
    const nameless = await house.endOf([named("zoe")]);
    expect(nameless.reason).to.include("zoe holds no token");
    const atPeer = await house.endOf([[register, { at: "peer", localpart: "zoe-${token}" }]]);
    expect(atPeer.reason).to.include("no server under test sits at peer");
  });
});
