import { expect } from "chai";
import { arrivalMatches, holds, neverReceives, receives } from "../../../src/checks/arrivals/arrivals.js";
import { eventIdOf } from "../../../src/matrix/events/hashes.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { Arrivals } from "../../../src/peer/arrivals.js";
import type { Peer } from "../../../src/peer/peer.js";
import { ONE, specEvent } from "../../support/exchanges.js";
import { expectFinding, JudgedStory } from "../../support/judged-story.js";

const event = (body: string) => specEvent(ONE, "11", { content: { body } });
const [wanted, later] = [event("wanted"), event("later")];
const told = () =>
  new JudgedStory()
    .room("hall")
    .event("wanted", eventIdOf(wanted, roomVersionRules("11")))
    .event("later", eventIdOf(later, roomVersionRules("11")));
const pdu = (from: Pdu | JsonObject) => ({ kind: "pdu", origin: ONE.name, pdu: from as JsonObject }) as const;
const typing = {
  kind: "edu",
  origin: ONE.name,
  eduType: "m.typing",
  content: { user_id: "@alice-0123456789:one.test:8448" },
} as const;
const asked = {
  kind: "request",
  origin: ONE.name,
  endpoint: "make-join",
  method: "GET",
  target: "/",
  body: undefined,
} as const;

async function found(check: typeof receives, given: JsonObject, arrived: readonly Parameters<Arrivals["add"]>[0][]) {
  return told().observed(check, { peer: "joiner", within: "20ms", ...given }, { peer: () => atPeer(arrived) });
}

function atPeer(arrived: readonly Parameters<Arrivals["add"]>[0][]): Peer {
  const arrivals = new Arrivals();
  for (const one of arrived) arrivals.add(one);
  return { arrivals } as Peer;
}

function errorOf(finding: Promise<unknown>): Promise<string> {
  return finding.then(
    () => "no error",
    (error: Error) => error.message,
  );
}

describe("checks/arrivals", () => {
  describe("the check receives", () => {
    const CAME: readonly (readonly [what: string, given: JsonObject, arrival: Parameters<Arrivals["add"]>[0]])[] = [
      ["a named event", { event: "wanted" }, pdu(wanted)],
      ["a PDU by its members", { pdu: { type: "m.room.message", content: { body: "wanted" } } }, pdu(wanted)],
      ["an EDU by its members, with names", { edu: "m.typing", "edu-content": { user_id: "${alice}" } }, typing],
      ["a request", { request: "make-join" }, asked],
    ];
    for (const [what, given, arrival] of CAME) {
      it(`holds: ${what}`, async () => expectFinding(await found(receives, given, [arrival]), true, "it arrived"));
      it(`fails: not ${what}`, async () =>
        expectFinding(await found(receives, given, [pdu(later)]), false, "it did not arrive in time"));
    }

    it("blames no server for a name that is bound to nothing", async () => {
      for (const given of [{ event: "unheard-of" }, { event: "hall" }])
        expect(await errorOf(found(receives, given, [pdu(later)]))).to.match(/is not bound to an event$/);
      const astray = told().event("astray", "$astray", "elsewhere");
      const looking = astray.observed(receives, { peer: "joiner", event: "astray" }, { peer: () => atPeer([]) });
      expect(await errorOf(looking)).to.equal("elsewhere is not bound to a room");
    });

    it("does not know what nobody looked for", () => {
      expectFinding(told().judge(receives, { peer: "joiner", event: "wanted" }), "unknown", "nobody looked");
    });
  });

  describe("the check never-receives", () => {
    const given = { event: "wanted", until: "later" };
    it("holds where what comes after it came without it", async () =>
      expectFinding(await found(neverReceives, given, [typing, pdu(later)]), true, /^“later” arrived/));
    it("fails where it came", async () =>
      expectFinding(await found(neverReceives, given, [pdu(wanted), pdu(later)]), false, "it arrived"));
    it("fails where it came, whatever came after", async () =>
      expectFinding(await found(neverReceives, given, [pdu(wanted)]), false, "it arrived"));
    it("does not hold for a name that is bound to nothing", async () => {
      for (const names of [{ event: "unheard-of" }, { until: "unheard-of" }])
        expect(await errorOf(found(neverReceives, { ...given, ...names }, [pdu(later)]))).to.equal(
          "unheard-of is not bound to an event",
        );
    });
    it("does not know where nothing came", async () =>
      expectFinding(await found(neverReceives, given, []), "unknown", "“later” did not arrive either"));
    it("does not know what nobody looked for", () =>
      expectFinding(told().judge(neverReceives, { peer: "joiner", ...given }), "unknown", "nobody looked"));
  });

  it("takes garbage for no event", () => {
    const matches = arrivalMatches({ event: "wanted" }, told().view());
    for (const garbage of [{}, { type: "m.room.member", content: null }, { content: 3, prev_events: "x" }])
      expect(matches(pdu(garbage)), JSON.stringify(garbage)).to.equal(false);
  });

  it("compares nested members, further ones allowed", () => {
    expect(holds({ a: { b: 1, c: 2 }, l: [1, { x: 1, y: 2 }] }, { a: { b: 1 }, l: [{ x: 1 }] })).to.equal(true);
    for (const value of [{}, { a: 1 }, { a: [] }, { a: { b: 2 } }, null, undefined])
      expect(holds(value, { a: { b: 1 } })).to.equal(false);
    expect(holds({ l: [1] }, { l: [1, 2] })).to.equal(false);
  });
});
