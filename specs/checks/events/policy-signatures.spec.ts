import { expect } from "chai";
import { policySigned } from "../../../src/checks/events/policy-signatures.js";
import { eventIdOf } from "../../../src/matrix/events/hashes.js";
import { addEventSignature } from "../../../src/matrix/events/sign.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { signingKey } from "../../../src/matrix/keys.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { ONE, specEvent, TWO } from "../../support/exchanges.js";
import { describeCheck, JOINER, JudgedStory } from "../../support/judged-story.js";

const RULES = roomVersionRules("11");
const KEY = signingKey(new Uint8Array(32).fill(3), "policy_server");
const event = specEvent(ONE, "11");
const approved = addEventSignature(event, RULES, TWO.name, KEY);
const byItsPublishedKey = addEventSignature(event, RULES, TWO.name, { ...TWO.key, keyId: KEY.keyId });
const given = { room: "hall", event: "note", to: "joiner", by: "other", key: "office" };

/** The event reaches a server in a transaction, after it was shown to the policy server as it was. */
const reaching = (to: typeof ONE, pdu: Pdu) => (story: JudgedStory) => {
  story.room("hall").keys(ONE).keys(TWO).event("note", eventIdOf(event, RULES));
  story.bind("office", { kind: "policy-key", value: KEY.publicKey });
  story.exchange({ method: "POST", to: TWO, target: "/_matrix/policy/v1/sign", body: event as JsonObject });
  const body = { origin: ONE.name, origin_server_ts: 1, pdus: [pdu as JsonObject] };
  story.exchange({ method: "PUT", to, target: "/_matrix/federation/v1/send/t1", body, answer: { pdus: {} } });
};

describe("checks/policy-signatures", () => {
  describeCheck(policySigned, [
    ["both signatures", reaching(JOINER, approved), given, true, "it is signed by both"],
    ["the author's alone", reaching(JOINER, event), given, false, "no valid signature of the policy server"],
    [
      "the policy server's by another key",
      reaching(JOINER, byItsPublishedKey),
      given,
      false,
      "no valid signature of the policy server",
    ],
    [
      "the policy server's alone",
      reaching(JOINER, { ...approved, signatures: { [TWO.name]: approved.signatures?.[TWO.name] ?? {} } }),
      given,
      false,
      "no valid signature of the author's server",
    ],
    ["a delivery to somebody else", reaching(TWO, approved), given, false, "it did not arrive"],
  ]);

  it("takes a key that no step made for the scenario's mistake", () => {
    const story = new JudgedStory();
    reaching(JOINER, approved)(story);
    const judge = () => policySigned.judge(story.view(), { ...given, key: "nobodys" } as never);
    expect(judge).to.throw("nobodys is not bound to a key");
  });
});
