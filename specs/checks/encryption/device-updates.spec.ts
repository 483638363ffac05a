import type { Check } from "../../../src/checks/define.js";
import { askedNoMore, listAsNew, updatesNumbered } from "../../../src/checks/encryption/device-updates.js";
import type { JsonObject, JsonValue } from "../../../src/matrix/json.js";
import { Arrivals } from "../../../src/peer/arrivals.js";
import type { Peer } from "../../../src/peer/peer.js";
import type { CastUser } from "../../../src/steps/context.js";
import { expectFinding, INSTANCE, JudgedStory } from "../../support/judged-story.js";

const ALICE = INSTANCE.cast.alice?.userId ?? "";
const given = { peer: "joiner", user: "alice", within: "20ms" };

/** What the check finds when updates with these numbers have come, undefined for one without. */
function found(check: Check, more: JsonObject, numbers: readonly (JsonValue | undefined)[], story = new JudgedStory()) {
  const arrivals = new Arrivals();
  for (const stream of numbers) {
    const content = { user_id: ALICE, ...(stream === undefined ? {} : { stream_id: stream }) };
    arrivals.add({ kind: "edu", origin: "one.test", eduType: "m.device_list_update", content });
  }
  const hands = { peer: () => ({ arrivals }) as Peer, user: () => ({ userId: ALICE }) as CastUser };
  return story.observed(check, { ...given, ...more }, hands);
}

describe("checks/device-updates", () => {
  it("device-updates-numbered: by integers, each another", async () => {
    expectFinding(await found(updatesNumbered, {}, [3, 3]), true, "3, 3");
    expectFinding(await found(updatesNumbered, {}, [3, undefined]), false, "3, null");
    expectFinding(await found(updatesNumbered, {}, [3, "4"]), false, '3, "4"');
    expectFinding(await found(updatesNumbered, { distinct: true }, [3, 4]), true, "3, 4");
    expectFinding(await found(updatesNumbered, { distinct: true }, [3, 3]), false, "3, 3");
    expectFinding(await found(updatesNumbered, {}, [3]), "unknown", "seen: 3");
  });

  it("list-as-new-as-updates: not older than the newest update", async () => {
    const answered = (stream: number) =>
      new JudgedStory().answer({ target: "/_matrix/federation/v1/user/devices/x", answer: { stream_id: stream } });
    expectFinding(await found(listAsNew, {}, [3, 5], answered(5)), true, "200 with stream_id 5");
    expectFinding(await found(listAsNew, {}, [3, 5], answered(9)), true, "200 with stream_id 9");
    expectFinding(await found(listAsNew, {}, [3, 5], answered(4)), false, "200 with stream_id 4");
    expectFinding(await found(listAsNew, {}, [undefined, undefined], answered(4)), "unknown", /no numbered update/);
  });

  it("asked-no-more: than were counted", async () => {
    const arrivals = new Arrivals();
    const ask = (endpoint: string) =>
      arrivals.add({ kind: "request", origin: "one.test", endpoint, method: "GET", target: "/", body: undefined });
    const look = () => {
      const story = new JudgedStory().bind("so-far", { kind: "text", value: "1" });
      const input = { peer: "joiner", request: ["user-devices"], than: "so-far" };
      return story.observed(askedNoMore, input, { peer: () => ({ arrivals }) as Peer });
    };
    ask("user-devices");
    ask("user-keys-query");
    expectFinding(await look(), true, "1 in all");
    ask("user-devices");
    expectFinding(await look(), false, "2 in all");
    const story = new JudgedStory().bind("so-far", { kind: "text", value: "1" });
    expectFinding(
      story.judge(askedNoMore, { peer: "joiner", request: ["x"], than: "so-far" }),
      "unknown",
      "nobody counted",
    );
  });
});
