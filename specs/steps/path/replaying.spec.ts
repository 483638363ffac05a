import { expect } from "chai";
import { replay } from "../../../src/steps/path/replaying.js";
import { readProfile, setDisplayname } from "../../../src/steps/rooms/profiles.js";
import { type Call, playhouse } from "../../support/play-steps.js";

const named: Call = [setDisplayname, { as: "bob", to: "Bob" }];
const looksUp: Call = [readProfile, { as: "ann", of: "bob" }];
const profiles = { from: "one", to: "two", endpoint: "query-profile" };

describe("steps/replaying", () => {
  const house = playhouse();

  it("replay: sends the request again as it was, by nobody under test", async () => {
    const played = await house.play([named, looksUp, [replay, profiles]]);
    expect(played.answer(replay)).to.include({ status: 200 });
    const [first, ...others] = played.sent(/query\/profile/);
    const again = others.at(-1);
    expect(again?.from).to.equal(`the tap, as ${played.serverName("one")}`);
    expect(again?.uri).to.equal(first?.uri);
    const signature = ({ headers = [] }: Partial<NonNullable<typeof first>>) =>
      headers.find(([name]) => name.toLowerCase() === "authorization");
    expect(signature(again ?? {})).to.deep.equal(signature(first ?? {}));
    expect(played.title(replay)).to.equal("somebody repeats one's query-profile to two");
  });

  it("replay: at another server, which refuses it", async () => {
    const played = await house.play([named, looksUp, [replay, { ...profiles, at: "peer", "target-has": "${bob}" }]]);
    expect(played.answer(replay)).to.include({ status: 401 });
    expect(played.title(replay)).to.equal("somebody repeats one's query-profile to two, but at peer");
  });

  it("replay: waits for a request that fits, no longer than the scenario", async () => {
    const absent: Call = [replay, { ...profiles, "target-has": "@nobody" }];
    expect(await house.endOf([named, looksUp, absent], { deadlineMs: 1500 })).to.include({ outcome: "failed" });
  });
});
