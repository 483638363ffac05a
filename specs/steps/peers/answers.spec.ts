import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { forge } from "../../../src/steps/forging/forge.js";
import { answerWith, slipIn } from "../../../src/steps/peers/answers.js";
import { request } from "../../../src/steps/peers/peer-requests.js";
import { sendMessage } from "../../../src/steps/rooms/messages.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

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

  it("spells what it answers as told, and notices what it cannot spell", async () => {
    const spelled = (text: string): Call => [
      answerWith,
      { peer: "peer", to: "backfill", events: ["lie"], respell: [{ text, as: '"a\\u0020lie"' }] },
    ];
    const asked = asks("/_matrix/federation/v1/backfill/${room}?limit=1&v=x");
    const played = await house.play([hers, enters, writes, spelled('"a lie"'), asked]);
    expect(played.answer(request).response.pdus).to.deep.equal([played.pdu("lie")]);
    const end = await house.endOf([hers, enters, writes, spelled("no such text")]);
    expect(end.reason).to.include("no such text does not occur");
  });

  describe("slip-in", () => {
    const slips = (more: JsonObject = {}): Call => [
      slipIn,
      { peer: "peer", into: ["state", "state-ids"], events: ["lie"], ...more },
    ];
    const entersHere: Call = [join, { as: "ann", room: "room", via: "peer" }];
    const graph: Call = [
      forge,
      {
        room: "room",
        events: {
          topic: { by: "pia", state: "m.room.topic", content: { topic: "true" } },
          last: { by: "pia", prev: ["topic"] },
          lie: {
            by: "pia",
            state: "m.room.topic",
            content: { topic: "a lie" },
            prev: ["topic"],
            mutate: [{ ...mutate[0], at: "/content/topic" }],
          },
        },
      },
    ];
    const room: readonly Call[] = [
      [createRoom, { as: "pia", id: "room" }],
      entersHere,
      [join, { as: "oli", room: "room", via: "peer" }],
      graph,
    ];
    const state = "/_matrix/federation/v1/state/${room}?event_id=${last}";
    const ids = "/_matrix/federation/v1/state_ids/${room}?event_id=${last}";

    it("adds forged events to honest answers, in place of others where told", async () => {
      const whole = (await house.play([...room, slips(), asks(state)])).answer(request).response.pdus as JsonObject[];
      expect(whole.filter(({ type }) => type === "m.room.topic")).to.have.length(2);
      const played = await house.play([...room, slips({ instead: ["topic"] }), asks(ids)]);
      const told = played.answer(request).response.pdu_ids as string[];
      expect(told).to.include(played.eventId("lie"));
      expect(told).not.to.include(played.eventId("topic"));
      const kept = (await house.play([...room, slips({ instead: ["topic"] }), asks(state)])).answer(request).response;
      expect((kept.pdus as JsonObject[]).filter(({ type }) => type === "m.room.topic")).to.have.length(1);
    });

    it("gives them to whoever asks for them by id, and others honestly", async () => {
      const byId = (name: string) => asks(`/_matrix/federation/v1/event/\${${name}}`);
      const played = await house.play([...room, slips(), byId("lie")]);
      expect(played.answer(request).response.pdus).to.deep.equal([played.pdu("lie")]);
      const honest = await house.play([...room, slips(), byId("topic")]);
      expect(honest.answer(request).response.pdus).to.deep.equal([honest.pdu("topic")]);
      expect(honest.title(slipIn)).to.equal("peer adds lie to its answers to state, state-ids");
    });
  });
});
