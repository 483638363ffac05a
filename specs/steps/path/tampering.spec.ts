import { expect } from "chai";
import { sendToDevice } from "../../../src/steps/encryption/devices.js";
import { alter, awaitAlteration, holdBack, lose, release, stopAltering } from "../../../src/steps/path/tampering.js";
import { readProfile, setDisplayname } from "../../../src/steps/rooms/profiles.js";
import { type Call, playhouse } from "../../support/play-steps.js";

const way = { from: "one", to: "two" };
const profiles = { ...way, endpoint: "query-profile" };
const named: Call = [setDisplayname, { as: "bob", to: "Bob" }];
const looksUp: Call = [readProfile, { as: "ann", of: "bob" }];
const renamed: Call = [alter, { id: "renamed", ...profiles, response: [{ at: "/displayname", set: "${ann}" }] }];

describe("steps/tampering", () => {
  const house = playhouse();

  describe("alter", () => {
    it("changes what is answered; each side is recorded as it was sent", async () => {
      const played = await house.play([named, renamed, looksUp]);
      expect(played.answer(readProfile).response).to.have.property("displayname", played.userId("ann"));
      expect(played.sent(/query\/profile/).map(({ response }) => response)).to.deep.include({ displayname: "Bob" });
      expect(played.title(alter)).to.equal("on the way, two's answer to one's query-profile is altered: renamed");
    });

    it("changes what is asked, which its receiver refuses", async () => {
      const target = { replace: "${bob}", by: "${ann}" };
      const played = await house.tryOut([named, [alter, { id: "other", ...profiles, target, times: 1 }], looksUp]);
      const [first] = played.sent(/query\/profile/);
      expect(first).to.include({ status: 401 });
      expect(first?.target).to.include(played.userId("bob"));
      expect(played.title(alter)).to.equal("on the way, one's query-profile is altered: other");
    });

    it("takes headers off", async () => {
      const stripped: Call = [alter, { id: "bare", ...profiles, "without-header": "authorization", times: 1 }];
      const played = await house.tryOut([named, stripped, looksUp]);
      expect(played.sent(/query\/profile/)[0]).to.include({ status: 401 });
    });

    it("leaves alone what carries no such thing", async () => {
      const elsewhere: Call = [alter, { ...renamed[1], id: "else", "target-has": "@nobody" }];
      const empty: Call = [alter, { ...renamed[1], id: "empty", carrying: { within: "/pdus" } }];
      const played = await house.play([named, elsewhere, empty, looksUp]);
      expect(played.answer(readProfile).response).to.have.property("displayname", "Bob");
    });
  });

  describe("stop-altering", () => {
    it("ends one rule, or all", async () => {
      const again: Call = [alter, { ...renamed[1], id: "again" }];
      const one = await house.play([named, renamed, again, [stopAltering, { rule: "again" }], looksUp]);
      expect(one.answer(readProfile).response).to.have.property("displayname", one.userId("ann"));
      expect(one.title(stopAltering)).to.equal("“again” ends");
      const all = await house.play([named, renamed, again, [stopAltering, {}], looksUp]);
      expect(all.answer(readProfile).response).to.have.property("displayname", "Bob");
      expect(all.title(stopAltering)).to.equal("nothing is altered on the way any more");
    });

    it("comes by itself at the end of a scenario", async () => {
      await house.play([named, renamed]);
      const played = await house.play([named, looksUp]);
      expect(played.answer(readProfile).response).to.have.property("displayname", "Bob");
    });
  });

  describe("lose", () => {
    it("keeps a request from arriving", async () => {
      const told = { status: 404, body: { errcode: "M_NOT_FOUND" } };
      const lost: Call = [lose, { id: "lost", ...profiles, what: "request", told }];
      const played = await house.tryOut([named, lost, looksUp]);
      expect(played.sent(/query\/profile/)[0]?.status).to.equal(undefined);
      expect(played.answer(readProfile)).to.include({ status: 404 });
      expect(played.title(lose)).to.equal("one's query-profile is lost before it reaches two");
    });

    it("keeps an answer from arriving", async () => {
      const lost: Call = [lose, { id: "lost", ...profiles, what: "answer" }];
      const played = await house.tryOut([named, lost, looksUp]);
      expect(played.sent(/query\/profile/)[0]).to.include({ status: 200 });
      expect(played.answer(readProfile).status).not.to.equal(200);
      expect(played.title(lose)).to.equal("two's answer to one's query-profile is lost");
    });
  });

  const says = (text: string): Call => [
    sendToDevice,
    { as: "ann", to: "bob", type: "org.example.word", content: { text } },
  ];
  const waits = (times: number): Call => [awaitAlteration, { rule: "kept", times }];
  const held: Call = [holdBack, { id: "kept", ...way, carrying: { within: "/edus/*" } }];

  describe("hold-back, release and await-alteration", () => {
    it("keep transactions, and send them on in the order that is asked for", async () => {
      const sent = [held, says("first"), waits(1), says("second"), waits(2)];
      const played = await house.play([...sent, [release, { rule: "kept", order: "reversed" }]]);
      const words = played.sent(/\/send\//).map(({ from, requestText, status }) => {
        const [word] = /first|second/.exec(requestText) ?? [];
        return { late: from.startsWith("the tap"), word, status };
      });
      expect(words.filter(({ word }) => word !== undefined)).to.deep.equal([
        { late: false, word: "first", status: undefined },
        { late: false, word: "second", status: undefined },
        { late: true, word: "second", status: 200 },
        { late: true, word: "first", status: 200 },
      ]);
      expect(played.answer(release)).to.include({ status: 200 });
      expect(played.title(holdBack)).to.equal("what one sends to two is held back");
      expect(played.title(awaitAlteration)).to.equal("“kept” takes effect 2×");
      expect(played.title(release)).to.equal("what “kept” held back is sent on, the newest first");
    });

    it("wait no longer than the scenario", async () => {
      const end = await house.endOf([held, waits(1)], { deadlineMs: 1000 });
      expect(end).to.include({ outcome: "failed" });
    });

    it("know their rules", async () => {
      expect(await house.endOf([named, [release, { rule: "bob" }]])).to.include({ outcome: "error" });
    });
  });
});
