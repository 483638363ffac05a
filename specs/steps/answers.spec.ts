import { expect } from "chai";
import { answerWith } from "../../src/steps/answers.js";
import { forge } from "../../src/steps/forge.js";
import { sendMessage } from "../../src/steps/messages.js";
import { request } from "../../src/steps/peer-requests.js";
import { createRoom, join } from "../../src/steps/rooms.js";
import { type Call, playhouse } from "../support/play-steps.js";

describe("steps/answers", () => {
  const house = playhouse();
  const hers: Call = [createRoom, { as: "ann", id: "room" }];
  const enters: Call = [join, { as: "pia", room: "room", via: "one" }];
  const mutate = [{ at: "/content/body", set: "a lie", stage: "after-signing" }];
  const writes: Call = [forge, { room: "room", events: { a: { by: "pia" }, lie: { by: "pia", mutate } } }];
  const answers = (to: string): Call => [answerWith, { peer: "peer", to, events: ["lie", "a"] }];
  const asks = (path: string, method = "GET"): Call => [
    request,
    { by: "other", to: "peer", path, method, ...(method === "POST" ? { body: {} } : {}) },
  ];

  describe("answer-with", () => {
    const endpoints = [
      {
        to: "get-missing-events",
        asked: asks("/_matrix/federation/v1/get_missing_events/${room}", "POST"),
        list: "events",
      },
      { to: "backfill", asked: asks("/_matrix/federation/v1/backfill/${room}?limit=1&v=x"), list: "pdus" },
      { to: "event", asked: asks("/_matrix/federation/v1/event/$whichever"), list: "pdus" },
      { to: "event-auth", asked: asks("/_matrix/federation/v1/event_auth/${room}/$whichever"), list: "auth_chain" },
    ];
    for (const { to, asked, list } of endpoints) {
      it(`answers ${to} with the events told, in their order`, async () => {
        const played = await house.play([hers, enters, writes, answers(to), asked]);
        const { response, status } = played.answer(request);
        expect(status).to.equal(200);
        expect(response[list]).to.deep.equal([played.pdu("lie"), played.pdu("a")]);
        if (list === "pdus") expect(response).to.include({ origin: played.serverName("peer") });
        expect(played.soundness(played.pdu("lie"), ["peer"])).to.deep.equal({ hash: false, signers: ["peer"] });
        expect(played.title(answerWith)).to.equal(`peer answers ${to} with lie, a`);
      });
    }

    it("shows nothing but what a peer wrote", async () => {
      const says: Call = [sendMessage, { as: "ann", room: "room", id: "a" }];
      const end = await house.endOf([hers, says, [answerWith, { peer: "peer", to: "event", events: ["a"] }]]);
      expect(end).to.include({ outcome: "error" });
      expect(end.reason).to.include("a was not written by a peer");
    });
  });
});
