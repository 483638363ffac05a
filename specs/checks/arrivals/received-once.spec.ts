import { receivesOnce } from "../../../src/checks/arrivals/received-once.js";
import { eventIdOf } from "../../../src/matrix/events/hashes.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { Arrivals } from "../../../src/peer/arrivals.js";
import type { Peer } from "../../../src/peer/peer.js";
import { ONE, specEvent } from "../../support/exchanges.js";
import { expectFinding, JudgedStory } from "../../support/judged-story.js";

const later = specEvent(ONE, "11", { content: { body: "later" } });
const told = () => new JudgedStory().room("hall").event("later", eventIdOf(later, roomVersionRules("11")));
const receipts = (...users: readonly string[]): JsonObject => ({
  edu_type: "m.receipt",
  content: { "!hall": { "m.read": Object.fromEntries(users.map((user) => [user, { event_ids: ["$word"] }])) } },
});
const GIVEN = {
  peer: "joiner",
  edu: "m.receipt",
  "edu-content": { "!hall": { "m.read": { "@ann": {} } } },
  until: "later",
  within: "20ms",
};
type Sending = readonly [transactionId: string, ...edus: readonly JsonObject[]];

function found(sendings: readonly Sending[], proof = true) {
  const arrivals = new Arrivals();
  const send = { kind: "request", origin: ONE.name, endpoint: "send", method: "PUT" } as const;
  for (const [id, ...edus] of sendings) arrivals.add({ ...send, target: `/send/${id}`, body: { pdus: [], edus } });
  if (proof) arrivals.add({ kind: "pdu", origin: ONE.name, pdu: later as unknown as JsonObject });
  return told().observed(receivesOnce, GIVEN, { peer: () => ({ arrivals }) as Peer });
}

describe("checks/received-once", () => {
  it("holds where it came once, and something else after it", async () =>
    expectFinding(
      await found([
        ["1", receipts("@ann")],
        ["2", receipts("@bob")],
      ]),
      true,
      "it came in 1 EDUs",
    ));

  it("fails where a later EDU says it again, in another transaction or the same", async () => {
    const twice = [
      ["1", receipts("@ann")],
      ["2", receipts("@ann", "@bob")],
    ] as const;
    expectFinding(await found(twice), false, "it came in 2 EDUs");
    expectFinding(await found(twice, false), false, "it came in 2 EDUs");
    expectFinding(await found([["1", receipts("@ann"), receipts("@ann", "@bob")]]), false, "it came in 2 EDUs");
  });

  it("does not count a transaction that is repeated under its id", async () =>
    expectFinding(
      await found([
        ["1", receipts("@ann")],
        ["1", receipts("@ann")],
      ]),
      true,
      "it came in 1 EDUs",
    ));

  it("fails where it never came", async () =>
    expectFinding(await found([["1", receipts("@bob")]]), false, "it came in 0 EDUs"));

  it("does not know where what should end the counting did not come", async () =>
    expectFinding(await found([["1", receipts("@ann")]], false), "unknown", /“later” did not arrive$/));

  it("passes over what is no EDU", async () => {
    const garbage = { edu_type: "m.receipt", content: 3 };
    expectFinding(await found([["1", garbage, {}, receipts("@ann")]]), true, "it came in 1 EDUs");
  });

  it("does not know what nobody looked for", () =>
    expectFinding(told().judge(receivesOnce, GIVEN), "unknown", "nobody looked"));
});
