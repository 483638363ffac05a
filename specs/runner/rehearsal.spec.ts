import { expect } from "chai";
import { openProject, PACKAGE_FOLDER } from "../../src/cli/project.js";
import { drawHistory } from "../../src/drawing/draw.js";
import { playable, rehearse } from "../../src/runner/rehearsal.js";
import { rehearsedHistories } from "../../src/runner/rehearsed-history.js";
import type { Scenario } from "../../src/scenario/model.js";

describe("runner/rehearsal", function () {
  this.timeout(30_000);
  const { scenarios } = openProject(PACKAGE_FOLDER);
  const scenario = (id: string): Scenario => {
    const found = scenarios.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no scenario ${id}`);
    return found;
  };
  const played = async (id: string, version = "11") => {
    const of = scenario(id);
    const [history] = rehearsedHistories(of, await rehearse(of, version));
    if (history === undefined) throw new Error(`nothing is written in ${id}`);
    return history;
  };
  const fates = (history: Awaited<ReturnType<typeof played>>) =>
    drawHistory(history.told)
      .events.slice(1)
      .map(({ name, fate }) => [name, fate]);

  it("plays a room and what peers write in it, without a server under test", async () => {
    const history = await played("state-resolution/ban-beats-concurrent-topic");
    expect(fates(history)).to.deep.equal([
      ["start", "accepted"],
      ["topic", "accepted"],
      ["ban", "accepted"],
      ["merge", "accepted"],
    ]);
    const merge = history.ids.get("merge");
    expect(history.told.reasoning(merge).decisions.filter(({ decides }) => decides)[0]?.rule).to.equal("FED-AR-058");
  });

  it("lets events arrive as the scenario delivers them", async () => {
    expect(fates(await played("events/late-message-of-a-banned-user"))).to.deep.include.members([
      ["ban", "accepted"],
      ["late", "soft-failed"],
    ]);
  });

  it("knows what is signed wrongly", async () => {
    expect(fates(await played("events/forged-signature")).map(([, fate]) => fate)).to.include("invalid");
  });

  it("comes out the same each time", async () => {
    const [one, two] = [await played("events/beyond-ones-power"), await played("events/beyond-ones-power")];
    expect(drawHistory(two.told)).to.deep.equal(drawHistory(one.told));
    expect([...two.ids]).to.deep.equal([...one.ids]);
  });

  it("leaves out what asks a server under test, and all that rests upon it", () => {
    const place = { file: "x", line: 1, column: 1 };
    const call = (id: string, verb: string, given: object) => ({
      id,
      do: verb,
      arguments: { ...given },
      expect: [],
      place,
    });
    const of = {
      ...scenario("events/beyond-ones-power"),
      given: [
        call("a", "create-room", { as: "ann", id: "hall" }),
        call("b", "make-membership", { as: "bob", room: "hall", via: "target", membership: "join", id: "offer" }),
        call("c", "forge", { room: "hall", events: { one: { by: "ann", content: { of: "$" + "{offer}" } } } }),
        call("d", "forge", { room: "hall", events: { two: { by: "ann", prev: ["one"] } } }),
        call("e", "forge", { room: "hall", events: { three: { by: "ann" } } }),
      ],
      steps: [],
    } as unknown as Scenario;
    expect(playable(of).map(({ id }) => id)).to.deep.equal(["a", "e"]);
  });
});
