import { expect } from "chai";
import { asName, entryWords, eventWords, valueWords, type WordedEvent } from "../../src/drawing/event-words.js";
import { changedLevels } from "../../src/drawing/level-words.js";
import type { JsonObject } from "../../src/matrix/json.js";
import { ALICE, BOB } from "../support/story.js";
import { WHO } from "./told.js";

const member = (sender: string, target: string, membership: string): WordedEvent => ({
  type: "m.room.member",
  sender,
  state_key: target,
  content: { membership },
});
const state = (type: string, content: JsonObject, key = ""): WordedEvent => ({
  type,
  sender: ALICE,
  state_key: key,
  content,
});
const message = (type: string, content: JsonObject = {}): WordedEvent => ({ type, sender: ALICE, content });

describe("drawing/event-words", () => {
  const WORDS: readonly (readonly [WordedEvent, string, WordedEvent?])[] = [
    [member(ALICE, BOB, "ban"), "Alice bans Bob"],
    [member(ALICE, BOB, "invite"), "Alice invites Bob"],
    [member(ALICE, BOB, "leave"), "Alice removes Bob"],
    [member(ALICE, BOB, "leave"), "Alice lifts Bob's ban", member(ALICE, BOB, "ban")],
    [member(ALICE, BOB, "leave"), "Alice takes Bob's invitation back", member(ALICE, BOB, "invite")],
    [member(BOB, BOB, "leave"), "Bob leaves"],
    [member(BOB, BOB, "leave"), "Bob declines", member(ALICE, BOB, "invite")],
    [member(BOB, BOB, "join"), "Bob joins"],
    [member(BOB, BOB, "join"), "Bob changes their profile", member(BOB, BOB, "join")],
    [member(ALICE, BOB, "join"), "Alice says that Bob joins"],
    [member(BOB, BOB, "knock"), "Bob asks to be let in"],
    [member(ALICE, BOB, "dance"), "Alice sets Bob's membership to “dance”"],
    [member(BOB, BOB, "ban"), "Bob bans themselves"],
    [state("m.room.create", {}), "Alice creates the room"],
    [state("m.room.topic", { topic: "Budget" }), "Alice sets the topic to “Budget”"],
    [state("m.room.name", { name: "Hall" }), "Alice sets the name to “Hall”"],
    [state("m.room.join_rules", { join_rule: "invite" }), "Alice lets only invited people in"],
    [state("m.room.join_rules", { join_rule: "__proto__" }), "Alice sets the join rule to “__proto__”"],
    [state("org.example.thing", { a: 1, b: 2 }, "k"), "Alice sets org.example.thing of “k”"],
    [state("m.room.power_levels", { users: { [BOB]: 50 } }), "Alice sets power levels: Bob 50"],
    [
      state("m.room.power_levels", { users: { [BOB]: 0 }, ban: 50 }),
      "Alice sets power levels: Bob 0, Alice no longer named",
      state("m.room.power_levels", { users: { [BOB]: 50, [ALICE]: 100 }, ban: 50 }),
    ],
    [message("m.room.message", { body: "x" }), "Alice writes"],
    [message("m.room.message", { body: "" }), "Alice writes an empty message"],
    [message("m.room.encrypted"), "Alice writes an encrypted message"],
    [message("m.room.redaction"), "Alice removes an event"],
    [message("org.example.vote"), "Alice sends org.example.vote"],
  ];
  for (const [event, words, before] of WORDS) {
    it(`says “${words}”`, () => expect(eventWords(event, WHO, before)).to.equal(words));
  }

  it("cuts what somebody wrote, and says nothing of values that have parts", () => {
    expect(eventWords(state("m.room.topic", { topic: "x".repeat(99) }), WHO)).to.match(/“x{47}…”$/);
    expect(eventWords(state("m.room.server_acl", { allow: ["*"] }), WHO)).to.equal(
      "Alice sets which servers take part",
    );
  });

  it("names entries and their values", () => {
    expect(entryWords("m.room.member", BOB, WHO)).to.equal("Bob's membership");
    expect(entryWords("m.room.topic", "", WHO)).to.equal("the topic");
    expect(entryWords("org.example.thing", BOB, WHO)).to.equal("org.example.thing of Bob");
    expect(entryWords("toString", "", WHO)).to.equal("toString");
    expect(valueWords(member(ALICE, BOB, "ban"), WHO)).to.equal("banned");
    expect(valueWords(member(ALICE, BOB, "toString"), WHO)).to.equal("“toString”");
    expect(valueWords(state("m.room.topic", { topic: "Budget" }), WHO)).to.equal("“Budget”");
    expect(valueWords(state("m.room.power_levels", {}), WHO)).to.equal("the defaults");
    expect(asName("ann")).to.equal("Ann");
  });

  it("keeps lists of levels short", () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`level${at}`, at]));
    expect(changedLevels(many, {}, WHO)).to.have.length(5);
    expect(changedLevels(many, {}, WHO).at(-1)).to.equal("5 more");
    expect(changedLevels({ ban: "50" }, { ban: 50 }, WHO)).to.deep.equal(["ban “50”"]);
  });
});
