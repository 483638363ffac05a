import { expect } from "chai";
import { shutDown, startUp } from "../../../src/steps/path/restarts.js";
import { readProfile, setDisplayname } from "../../../src/steps/rooms/profiles.js";
import { type Call, playhouse } from "../../support/play-steps.js";

const named: Call = [setDisplayname, { as: "bob", to: "Bob" }];
const down: Call = [shutDown, { server: "two" }];
const looksUp: Call = [readProfile, { as: "ann", of: "bob" }];

describe("steps/restarts", () => {
  const house = playhouse();

  it("shut-down: the server answers nobody", async () => {
    const played = await house.tryOut([named, down, looksUp]);
    expect(played.sent(/query\/profile/)[0]?.status).to.equal(undefined);
    expect(played.title(shutDown)).to.equal("two goes down");
  });

  it("start-up: it has what it had", async () => {
    const played = await house.play([named, down, [startUp, { server: "two" }], looksUp]);
    expect(played.answer(readProfile).response).to.have.property("displayname", "Bob");
    expect(played.title(startUp)).to.equal("two comes up again");
  });

  it("are for servers under test", async () => {
    const end = await house.endOf([[shutDown, { server: "peer" }]]);
    expect(end).to.include({ outcome: "failed", reason: "peer cannot be restarted" });
  });
});
