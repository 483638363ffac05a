import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { behave, behaveWell, cut, mend, requestLost, rotateKey } from "../../../src/steps/peers/peer-control.js";
import { request } from "../../../src/steps/peers/peer-requests.js";
import { readProfile } from "../../../src/steps/rooms/profiles.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/peer-control", () => {
  const house = playhouse();
  const asks = (path: string): Call => [request, { by: "other", to: "peer", path }];
  const version = asks("/_matrix/federation/v1/version");
  const keys = asks("/_matrix/key/v2/server");
  const lies: Call = [
    behave,
    { peer: "peer", as: "canned-answer", with: { endpoint: "version", status: 418, body: { of: "${two}" } } },
  ];
  const between = ["one", "peer"];

  describe("behave", () => {
    it("has the peer deviate, on other endpoints not at all", async () => {
      const played = await house.play([lies, keys, version]);
      expect(played.sent(/key\/v2\/server/).at(-1)).to.include({ status: 200 });
      expect(played.answer(request)).to.include({ status: 418 });
      expect(played.answer(request).response).to.deep.equal({ of: played.serverName("two") });
      expect(played.title(behave)).to.equal("peer begins to deviate: canned-answer");
    });

    it("has it deviate so many times", async () => {
      const played = await house.play([[behave, { ...lies[1], times: 2 }], version, version, version]);
      expect(played.sent(/v1\/version/).map(({ status }) => status)).to.deep.equal([418, 418, 200]);
      expect(played.title(behave)).to.equal("peer begins to deviate (2×): canned-answer");
    });

    it("knows the behaviours", async () => {
      const end = await house.endOf([[behave, { peer: "peer", as: "rudely" }]]);
      expect(end).to.include({ outcome: "error", reason: "Error: no behaviour rudely" });
    });
  });

  describe("behave-well", () => {
    it("ends every deviation", async () => {
      const played = await house.play([lies, lies, [behaveWell, { peer: "peer" }], version]);
      expect(played.answer(request)).to.include({ status: 200 });
      expect(played.title(behaveWell)).to.equal("peer is honest again");
    });

    it("is for peers", async () => {
      expect(await house.endOf([[behaveWell, { peer: "one" }]])).to.include({ outcome: "error" });
    });
  });

  describe("rotate-key", () => {
    it("publishes a fresh key, and the old one as retired at the time told", async () => {
      const played = await house.play([keys, [rotateKey, { peer: "peer", "minutes-ago": 5 }], keys]);
      const [before, after] = played.sent(/key\/v2\/server/).map(({ response }) => response);
      const [[oldId, oldKey] = [], ...others] = Object.entries(before?.verify_keys as JsonObject);
      expect(others).to.deep.equal([]);
      expect(after?.verify_keys).not.to.have.property(String(oldId));
      const oldKeys = after?.old_verify_keys as { [id: string]: { expired_ts: number; key: string } } | undefined;
      const retired = oldKeys?.[String(oldId)];
      expect(retired?.key).to.equal((oldKey as JsonObject).key);
      expect(Date.now() - Number(retired?.expired_ts)).to.be.within(5 * 60_000, 6 * 60_000);
      expect(played.publishedKeys("peer").size).to.equal(2);
      expect(played.title(rotateKey)).to.equal("peer replaces its signing key");
    });

    it("signs requests with the fresh key", async () => {
      const profile = "/_matrix/federation/v1/query/profile?user_id=${ann}";
      const played = await house.play([
        [rotateKey, { peer: "peer" }],
        [request, { by: "peer", to: "one", path: profile }],
      ]);
      expect(played.answer(request)).to.include({ status: 200 });
    });

    it("is for peers", async () => {
      expect(await house.endOf([[rotateKey, { peer: "one" }]])).to.include({ outcome: "error" });
    });
  });

  const looksUp: Call = [readProfile, { as: "ann", of: "pia" }];

  describe("partition", () => {
    it("cuts the path both ways, and no other", async () => {
      const elsewhere: Call = [readProfile, { as: "ann", of: "oli" }];
      const played = await house.play([[cut, { between }], looksUp, elsewhere]);
      const asked = (seat: string) => played.sent(/query\/profile/).filter(({ to }) => to === played.serverName(seat));
      expect(asked("peer").map(({ status }) => status)).to.satisfy((all: unknown[]) =>
        all.every((status) => status === undefined),
      );
      expect(asked("other").at(-1)?.status).to.be.a("number");
      expect(played.title(cut)).to.equal("one and peer lose contact");
      const path = "/_matrix/federation/v1/version";
      const end = await house.endOf([
        [cut, { between }],
        [request, { by: "peer", to: "one", path }],
      ]);
      expect(end).to.include({ outcome: "failed" }).and.not.to.have.property("owedBy");
    });

    it("knows the seats", async () => {
      expect(await house.endOf([[cut, { between: ["one", "three"] }]])).to.include({ outcome: "error" });
    });
  });

  describe("await-loss", () => {
    const waits: Call = [requestLost, { from: "one", to: "peer" }];

    it("goes on once a request was lost", async () => {
      const played = await house.play([[cut, { between }], looksUp, waits]);
      expect(played.title(requestLost)).to.equal("one tries in vain to reach peer");
    });

    it("fails at the deadline when none was", async () => {
      const end = await house.endOf([[cut, { between }], waits], { deadlineMs: 300 });
      expect(end).to.deep.equal({
        verb: "await-loss",
        outcome: "failed",
        reason: "the scenario's deadline of 0.3 s passed",
      });
    });
  });

  describe("heal", () => {
    it("mends the path", async () => {
      const path = "/_matrix/federation/v1/version";
      const played = await house.play([
        [cut, { between }],
        [mend, { between }],
        [request, { by: "peer", to: "one", path }],
      ]);
      expect(played.answer(request)).to.include({ status: 200 });
      expect(played.title(mend)).to.equal("one and peer are in contact again");
    });

    it("knows the seats", async () => {
      expect(await house.endOf([[mend, { between: ["one", "three"] }]])).to.include({ outcome: "error" });
    });
  });
});
