import { expect } from "chai";
import { canonicalJsonBytes } from "../../../src/matrix/canonical-json.js";
import { eventIdOf } from "../../../src/matrix/events/hashes.js";
import { authEventIds, prevEventIds } from "../../../src/matrix/events/references.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { deliver, forge, sendEdu } from "../../../src/steps/forging/forge.js";
import { nameEvent } from "../../../src/steps/naming.js";
import { behave, rotateKey } from "../../../src/steps/peers/peer-control.js";
import { request } from "../../../src/steps/peers/peer-requests.js";
import { sendMessage } from "../../../src/steps/rooms/messages.js";
import { readHistory } from "../../../src/steps/rooms/reading.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { below } from "../../support/below.js";
import { type Call, playhouse } from "../../support/play-steps.js";
import type { Played } from "../../support/played.js";

const TRANSACTIONS = /^\/_matrix\/federation\/v1\/send\//;

describe("steps/forge", () => {
  const house = playhouse();
  const together: readonly Call[] = [
    [createRoom, { as: "ann", id: "room", powers: { users_default: 50 } }],
    [join, { as: "pia", room: "room", via: "one" }],
  ];
  const writes = (events: JsonObject): Call => [forge, { room: "room", events }];
  const refuses: Call = [
    behave,
    { peer: "other", as: "canned-answer", with: { endpoint: "send", status: 403, body: {} } },
  ];

  describe("forge", () => {
    const names = (type: string, id: string, key = ""): Call => [
      nameEvent,
      { id, room: "room", peer: "peer", type, key },
    ];

    it("writes sound events upon each other, and keeps them", async () => {
      const graph = {
        a: { by: "pia" },
        b: { by: "pia", prev: ["a"] },
        c: { by: "pia", prev: ["a"] },
        d: { by: "pia" },
      };
      const played = await house.play([...together, names("m.room.member", "joined", "${pia}"), writes(graph)]);
      const prev = (name: string) => prevEventIds(played.pdu(name));
      expect(prev("a")).to.deep.equal([played.eventId("joined")]);
      expect([prev("b"), prev("c")]).to.deep.equal([[played.eventId("a")], [played.eventId("a")]]);
      expect(prev("d")).to.have.members([played.eventId("b"), played.eventId("c")]);
      for (const name of Object.keys(graph)) {
        const event = played.pdu(name);
        expect(played.soundness(event, ["peer"])).to.deep.equal({ hash: true, signers: ["peer"] });
        expect(played.eventId(name)).to.equal(eventIdOf(event, roomVersionRules("11")));
        expect(authEventIds(event)).to.include(played.eventId("joined"));
        expect(played.bound(name)).to.include({ kind: "event", room: "room", seat: "peer" });
      }
      expect(played.pdu("a").content).to.deep.equal({ msgtype: "m.text", body: `a ${played.instance.token}` });
      expect(played.sentBy("peer", TRANSACTIONS)).to.deep.equal([]);
      expect(played.title(forge)).to.equal("The peers write a, b, c, d of “room”, and keep it");
    });

    it("resolves names, in state keys and contents, and finds what is redacted", async () => {
      const played = await house.play([
        ...together,
        writes({
          care: { by: "pia", state: "org.example.care", key: "of ${ann}", content: { by: "${bob}" } },
          gone: { by: "pia", type: "m.room.redaction", redacts: "care", content: {} },
        }),
      ]);
      expect(played.pdu("care")).to.deep.include({
        type: "org.example.care",
        state_key: `of ${played.userId("ann")}`,
        content: { by: played.userId("bob") },
        sender: played.userId("pia"),
      });
      expect(played.pdu("gone").content).to.deep.equal({ redacts: played.eventId("care") });
    });

    it("edits the content of the state event that it replaces", async () => {
      const edits = (edit: readonly JsonObject[]) =>
        ({ by: "pia", state: "m.room.topic", edit }) as unknown as JsonObject;
      const first = { by: "pia", state: "m.room.topic", content: { topic: "Tea", more: { a: 1, b: 2 } } };
      const second = edits([{ at: "/topic", set: "of ${bob}" }, { at: "/more/a" }]);
      const played = await house.play([...together, writes({ first, second })]);
      expect(played.pdu("second").content).to.deep.equal({ topic: `of ${played.userId("bob")}`, more: { b: 2 } });
      const nothing = { by: "pia", state: "org.example.none", edit: [{ at: "/a", set: 1 }] };
      expect(await house.endOf([...together, writes({ nothing })])).to.include({ outcome: "error" });
    });

    it("covers forgeries before signing by hash and signature; those after signing break them", async () => {
      const forgery = (at: string, stage: string, set?: string): JsonObject => ({
        by: "pia",
        mutate: [{ at, stage, ...(set === undefined ? {} : { set }) }],
      });
      const played = await house.play([
        ...together,
        writes({
          covered: forgery("/content/body", "before-signing", "for ${ann}"),
          unhashed: forgery("/content/body", "after-signing", "changed"),
          stamped: forgery("/origin_server_ts", "after-signing", "no time"),
          unsigned: forgery("/signatures/${peer}", "after-signing"),
          stranger: forgery("/sender", "before-signing", "${ann}"),
        }),
      ]);
      const found = (name: string) => played.soundness(played.pdu(name), ["peer"]);
      expect(found("covered")).to.deep.equal({ hash: true, signers: ["peer"] });
      expect(played.pdu("covered").content.body).to.equal(`for ${played.userId("ann")}`);
      expect(found("unhashed")).to.deep.equal({ hash: false, signers: ["peer"] });
      expect(found("stamped")).to.deep.equal({ hash: false, signers: [] });
      expect(found("unsigned")).to.deep.equal({ hash: true, signers: [] });
      expect(played.pdu("unsigned").signatures).to.deep.equal({});
      expect(found("stranger")).to.deep.equal({ hash: true, signers: ["peer"] });
      expect(played.pdu("stranger").sender).to.equal(played.userId("ann"));
    });

    it("keeps forgeries from the peers: the next event does not follow one unless told", async () => {
      const mutate = [{ at: "/content/body", stage: "after-signing", set: "changed" }];
      const events = { lie: { by: "pia", mutate }, honest: { by: "pia" }, upon: { by: "pia", prev: ["lie"] } };
      const played = await house.play([...together, writes(events)]);
      expect(prevEventIds(played.pdu("honest"))).not.to.include(played.eventId("lie"));
      expect(prevEventIds(played.pdu("upon"))).to.deep.equal([played.eventId("lie")]);
    });

    it("signs with the key before the last rotation where told", async () => {
      const asks: Call = [request, { by: "other", to: "peer", path: "/_matrix/key/v2/server" }];
      const signed = { old: { by: "pia", "signed-with": "retired" }, new: { by: "pia" } };
      const played = await house.play([...together, [rotateKey, { peer: "peer" }], writes(signed), asks]);
      const [current] = Object.keys(played.answer(request).response.verify_keys as JsonObject);
      const [retired] = Object.keys(played.answer(request).response.old_verify_keys as JsonObject);
      const keyIds = (name: string) => Object.keys(below(played.pdu(name), "signatures", played.serverName("peer")));
      expect([keyIds("old"), keyIds("new")]).to.deep.equal([[retired], [current]]);
      for (const name of ["old", "new"]) {
        expect(played.soundness(played.pdu(name), ["peer"])).to.deep.equal({ hash: true, signers: ["peer"] });
      }
    });

    it("signs with keys that are not its author's, and in another server's name, where told", async () => {
      const events = {
        impostor: { by: "pia", "signed-with": "impostor" },
        unpublished: { by: "pia", "signed-with": "unpublished" },
        other: { by: "pia", "signed-by": "other" },
      };
      const played = await house.play([...together, writes(events)]);
      expect(played.soundness(played.pdu("impostor"), ["peer"])).to.deep.equal({ hash: true, signers: [] });
      expect(Object.keys(played.pdu("other").signatures ?? {})).to.deep.equal([played.serverName("other")]);
      const keyIds = (name: string) => Object.keys(below(played.pdu(name), "signatures", played.serverName("peer")));
      expect(keyIds("unpublished")).to.deep.equal(["ed25519:unpublished"]);
    });

    it("covers forgeries after hashing by the signature alone", async () => {
      const mutate = [{ at: "/hashes/sha256", stage: "after-hashing" }];
      const played = await house.play([...together, writes({ bare: { by: "pia", mutate } })]);
      expect(played.pdu("bare").hashes).to.deep.equal({});
      expect(played.soundness(played.pdu("bare"), ["peer"])).to.deep.equal({ hash: false, signers: ["peer"] });
    });

    it("makes events of the size told", async () => {
      const events = { large: { by: "pia", bytes: 65_537 }, small: { by: "pia", bytes: 1000 } };
      const played = await house.play([...together, writes(events)]);
      for (const [name, bytes] of [
        ["large", 65_537],
        ["small", 1000],
      ] as const) {
        expect(canonicalJsonBytes(played.pdu(name)).length).to.equal(bytes);
        expect(played.soundness(played.pdu(name), ["peer"])).to.deep.equal({ hash: true, signers: ["peer"] });
      }
      const end = await house.endOf([...together, writes({ tiny: { by: "pia", bytes: 10 } })]);
      expect(end.reason).to.include("bytes already");
    });

    it("claims another time, and cites the state of another place, where told", async () => {
      const powers = { by: "pia", state: "m.room.power_levels", content: { users: { "${pia}": 100 }, ban: 51 } };
      const cites = { by: "pia", prev: ["before"], "cites-as-of": ["powers"] };
      const played = await house.play([
        [createRoom, { as: "pia", id: "room" }],
        [join, { as: "ann", room: "room", via: "peer" }],
        writes({
          before: { by: "pia" },
          powers,
          cites,
          ahead: { by: "pia", "seconds-ahead": 3600 },
          timed: { by: "pia", timed: { after: "before", milliseconds: -5 } },
        }),
      ]);
      expect(prevEventIds(played.pdu("cites"))).to.deep.equal([played.eventId("before")]);
      expect(authEventIds(played.pdu("cites"))).to.include(played.eventId("powers"));
      const lead = played.pdu("ahead").origin_server_ts - played.pdu("before").origin_server_ts;
      expect(lead).to.be.within(3_600_000, 3_610_000);
      expect(played.pdu("timed").origin_server_ts).to.equal(played.pdu("before").origin_server_ts - 5);
      for (const name of ["cites", "ahead", "timed"]) {
        expect(played.soundness(played.pdu(name), ["peer"])).to.deep.equal({ hash: true, signers: ["peer"] });
      }
    });

    it("knows what cannot be forged", async () => {
      const end = async (node: JsonObject) => (await house.endOf([...together, writes({ a: node })])).reason;
      expect(await end({ by: "ann" })).to.include("ann sits at a target");
      expect(await end({ by: "pia", "signed-with": "retired" })).to.include("rotate-key comes first");
      expect(await end({ by: "pia", prev: ["nothing"] })).to.include("nothing is bound to nothing");
    });
  });

  describe("deliver", () => {
    const graph = { a: { by: "pia" }, b: { by: "pia", prev: ["a"] }, c: { by: "pia", prev: ["a"] } };
    const sends = (more: JsonObject): Call => [deliver, { to: "one", events: ["a", "b", "c"], ...more }];
    const told = (played: Played, seat = "peer") =>
      played.sentBy(seat, TRANSACTIONS).map(({ request: { pdus } }) => pdus);

    it("sends each event in a transaction of its own, from its author's server", async () => {
      const played = await house.play([
        ...together,
        writes(graph),
        sends({}),
        [readHistory, { as: "ann", room: "room" }],
      ]);
      expect(told(played)).to.deep.equal([[played.pdu("a")], [played.pdu("b")], [played.pdu("c")]]);
      for (const { from, to, status, request: sent } of played.sentBy("peer", TRANSACTIONS)) {
        expect([from, to, status]).to.deep.equal([played.serverName("peer"), played.serverName("one"), 200]);
        expect(sent).to.include({ origin: played.serverName("peer") });
      }
      const { events } = played.observed(readHistory, "history")[0] ?? {};
      expect(events).to.include.members(["a", "b", "c"].map((name) => played.eventId(name)));
      expect(played.title(deliver)).to.equal("The peers send a, b, c to one");
    });

    it("sends all in one, by another peer, under a given transaction id, where told", async () => {
      const more = { together: true, by: "other", transaction: "t/1" };
      const played = await house.play([...together, writes(graph), sends(more)]);
      expect(told(played, "other")).to.deep.equal([["a", "b", "c"].map((name) => played.pdu(name))]);
      expect(played.sentBy("other", TRANSACTIONS)[0]).to.include({
        target: "/_matrix/federation/v1/send/t/1",
      });
    });

    it("is played once in every order in which none comes before one it follows", async () => {
      const plays = await house.playEach([...together, writes(graph), sends({ orders: "all-topological" })]);
      const sent = plays.map((played) => {
        const byId = new Map(["a", "b", "c"].map((name) => [JSON.stringify(played.pdu(name)), name]));
        return told(played).map((pdus) => byId.get(JSON.stringify((pdus as JsonObject[])[0])));
      });
      expect(sent).to.have.deep.members([
        ["a", "b", "c"],
        ["a", "c", "b"],
      ]);
    });

    it("spells parts of the transaction otherwise where told, under the signature of what they mean", async () => {
      const more = { events: ["a"], respell: [{ text: '"m.text"', as: ' "\\u006d.text"' }] };
      const played = await house.play([...together, writes(graph), sends(more)]);
      expect(told(played)).to.deep.equal([[played.pdu("a")]]);
    });

    it("fails when the transaction is refused, charged to the receiver", async () => {
      const end = await house.endOf([...together, writes(graph), refuses, sends({ to: "other" })]);
      expect(end).to.include({ outcome: "failed", owedBy: "other", reason: "the transaction was answered with 403" });
    });

    it("sends nothing but what a peer wrote", async () => {
      const says: Call = [sendMessage, { as: "ann", room: "room", id: "a" }];
      const end = await house.endOf([...together, says, [deliver, { to: "one", events: ["a"], by: "peer" }]]);
      expect(end).to.include({ outcome: "error" });
      expect(end.reason).to.include("a was not written by a peer");
    });
  });

  describe("send-edu", () => {
    const typing = { by: "peer", to: "one", type: "m.typing", content: { user_id: "${pia}", typing: true } };

    it("sends one EDU, what it names resolved", async () => {
      const played = await house.play([[sendEdu, { ...typing, transaction: "again" }]]);
      const { from, target, request: sent, status } = played.answer(sendEdu);
      expect([from, target, status]).to.deep.equal([
        played.serverName("peer"),
        "/_matrix/federation/v1/send/again",
        200,
      ]);
      const content = { user_id: played.userId("pia"), typing: true };
      expect(sent).to.deep.include({ pdus: [], edus: [{ edu_type: "m.typing", content }] });
      expect(played.title(sendEdu)).to.equal("peer sends m.typing to one");
    });

    it("draws a transaction id of its own unless told", async () => {
      const played = await house.play([
        [sendEdu, typing],
        [sendEdu, typing],
      ]);
      expect(new Set(played.sentBy("peer", TRANSACTIONS).map(({ target }) => target)).size).to.equal(2);
    });

    it("fails when it is refused, and needs a peer to send it", async () => {
      const refused = await house.endOf([refuses, [sendEdu, { ...typing, to: "other" }]]);
      expect(refused).to.include({ outcome: "failed", owedBy: "other" });
      const end = await house.endOf([[sendEdu, { ...typing, by: "two" }]]);
      expect(end).to.include({ outcome: "error" });
      expect(end.reason).to.include("two is not a peer");
    });
  });
});
