import { messageIdsShort, updatesArrive, updatesChained } from "../../../src/checks/arrivals/arrived-edus.js";
import type { Check } from "../../../src/checks/define.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { Arrivals } from "../../../src/peer/arrivals.js";
import type { Peer } from "../../../src/peer/peer.js";
import type { CastUser } from "../../../src/steps/context.js";
import { ONE } from "../../support/exchanges.js";
import { expectFinding, JudgedStory } from "../../support/judged-story.js";

const ALICE = "@alice:one.test:8448";
const told = () =>
  new JudgedStory().bind("desk", { kind: "text", value: "DESK" }).bind("so-far", { kind: "text", value: "1" });
const update = (stream: number, prev: readonly number[], more: JsonObject = {}) =>
  ["m.device_list_update", { user_id: ALICE, device_id: "DESK", stream_id: stream, prev_id: prev, ...more }] as const;
const message = (id: string) => ["m.direct_to_device", { message_id: id }] as const;

function found(check: Check, given: JsonObject, ...edus: readonly (readonly [string, JsonObject])[]) {
  const arrivals = new Arrivals();
  for (const [eduType, content] of edus) arrivals.add({ kind: "edu", origin: ONE.name, eduType, content });
  return told().observed(
    check,
    { peer: "joiner", user: "alice", within: "20ms", ...given },
    { peer: () => ({ arrivals }) as Peer, user: () => ({ userId: ALICE }) as CastUser },
  );
}

const two = { "at-least": 2 };
const desk = { device: "desk", "more-than": "so-far" };

describe("checks/arrived-edus", () => {
  it("device-updates-chained: each names the one before", async () => {
    const other = update(9, [8], { user_id: "@bob:one.test:8448" });
    expectFinding(
      await found(updatesChained, two, update(3, []), other, update(5, [3])),
      true,
      "3 after [], 5 after [3]",
    );
    expectFinding(await found(updatesChained, two, update(3, []), update(5, [4])), false, /5 after \[4\]/);
    expectFinding(await found(updatesChained, two, update(3, []), update(5, [])), false, /5 after \[\]/);
    expectFinding(await found(updatesChained, two, update(3, []), update(5, [3, 2])), false, /5 after \[3,2\]/);
    expectFinding(await found(updatesChained, two, update(3, [])), "unknown", "3 after []");
    expectFinding(told().judge(updatesChained, { user: "alice", ...two }), "unknown", "nobody looked");
  });

  it("device-updates-arrive: counts those of one device", async () => {
    expectFinding(await found(updatesArrive, desk, update(1, []), update(2, [1])), true, "2 came");
    expectFinding(await found(updatesArrive, desk, update(1, []), update(2, [1], { device_id: "X" })), false, "1 came");
    expectFinding(await found(updatesArrive, { device: "desk" }, update(1, [])), true, "1 came");
    expectFinding(await found(updatesArrive, { device: "desk" }), false, "0 came");
    expectFinding(told().judge(updatesArrive, { user: "alice", ...desk }), "unknown", "nobody looked");
  });

  it("message-ids-short: code points, not bytes", async () => {
    expectFinding(await found(messageIdsShort, {}, message("🙂".repeat(32))), true, /🙂/);
    expectFinding(await found(messageIdsShort, {}, message("1"), message("x".repeat(33))), false, /x{33}/);
    expectFinding(await found(messageIdsShort, {}), "unknown", "no message to a device came");
    expectFinding(told().judge(messageIdsShort, { peer: "joiner" }), "unknown", "nobody looked");
  });
});
