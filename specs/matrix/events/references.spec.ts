import { expect } from "chai";
import { encodeBase64 } from "../../../src/matrix/base64.js";
import { referenceHash } from "../../../src/matrix/events/hashes.js";
import { authEventIds, prevEventIds, referencesTo } from "../../../src/matrix/events/references.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { sampleEvent } from "./sample.js";

describe("event references", () => {
  it("are read in both forms", () => {
    const pairs = { prev_events: [["$a:d", { sha256: "x" }]], auth_events: [["$b:d", { sha256: "y" }]] };
    const old = sampleEvent(roomVersionRules("1"), pairs);
    expect([prevEventIds(old), authEventIds(old)]).to.deep.equal([["$a:d"], ["$b:d"]]);
    const ids = sampleEvent(roomVersionRules("4"), { prev_events: ["$a", "$c"], auth_events: ["$b"] });
    expect([prevEventIds(ids), authEventIds(ids)]).to.deep.equal([["$a", "$c"], ["$b"]]);
  });

  it("are written as pairs with the reference hash in versions 1 and 2", () => {
    const rules = roomVersionRules("2");
    const event = sampleEvent(rules);
    const sha256 = encodeBase64(referenceHash(event, rules));
    expect(referencesTo([{ eventId: "$e:domain", event }], rules)).to.deep.equal([["$e:domain", { sha256 }]]);
  });

  it("are written as ids from version 3 on", () => {
    const rules = roomVersionRules("3");
    expect(referencesTo([{ eventId: "$e", event: sampleEvent(rules) }], rules)).to.deep.equal(["$e"]);
  });
});
