import { expect } from "chai";
import { inWords } from "../../src/drawing/account-words.js";
import { ALICE, BOB, joinRules, levels, membership, message, topic } from "../support/story.js";
import { QUARREL, tell, WHO } from "./told.js";

const texts = (decisions: readonly { readonly text: string }[]) => decisions.map(({ text }) => text);

describe("drawing/told-history", () => {
  it("tells what was in dispute, in which order it was decided, and what decided", () => {
    const { told, id } = tell(QUARREL);
    const { joined, decisions } = told.reasoning(id("merge"));
    expect(joined).to.deep.equal(["“topic”", "“ban”"]);
    expect(texts(decisions)).to.deep.equal([
      "The branches disagree about Bob's membership: “bob”, or “ban”",
      "The branches disagree about the topic: “topic”, or nothing",
      "Changes of rights and removals of others are decided first: “bob”, then “ban”",
      "“ban” comes after “bob”: it rests upon it",
      "“bob” is allowed, and holds",
      "“ban” is allowed, and holds",
      "What is left comes next, by the power levels that it rests upon, then by time: “topic”",
      "“topic” is refused: Bob is not joined",
      "“bob” and “ban” are both allowed for Bob's membership: the later decided one holds, “ban”",
    ]);
    const deciding = decisions.filter(({ decides }) => decides).map(({ rule }) => rule);
    expect(deciding).to.deep.equal(["FED-AR-058", "FED-SR2-018"]);
  });

  it("says why power events come in their order", () => {
    const told = tell([
      levels("down", ALICE, { [ALICE]: 100, [BOB]: 0 }, { prev: ["bob"], ts: 9000 }),
      joinRules("closed", BOB, "invite", { prev: ["bob"], ts: 8000 }),
      message("merge", ALICE, { prev: ["down", "closed"] }),
    ]);
    const { decisions } = told.told.reasoning(told.id("merge"));
    expect(texts(decisions)).to.include.members([
      "“bob” comes after “down”: its sender has less power",
      "“closed” comes after “bob”: it rests upon it",
    ]);
    expect(texts(decisions).find((text) => text.startsWith("“closed” is refused"))).to.match(
      /level 50, the sender has 0/,
    );
  });

  it("looks back to where branches last came together in dispute", () => {
    const { told, id } = tell([...QUARREL, message("after", ALICE, { prev: ["merge"] })]);
    expect(told.reasoning(id("after"))).to.deep.equal(told.reasoning(id("merge")));
    expect(told.reasoning(id("topic"))).to.deep.equal({ joined: [], decisions: [] });
  });

  it("puts a server's answer beside the right one", () => {
    const { told, id } = tell(QUARREL);
    const right = told.stateBefore(id("merge")) ?? new Map();
    const wrong = new Set([...right.values(), id("topic")]);
    expect(told.compared(id("merge"), new Set(right.values()))?.entries.filter(({ given }) => given)).to.deep.equal([]);
    expect(told.compared(id("merge"), wrong)?.entries[0]).to.deep.equal({
      entry: "the topic",
      right: "nothing",
      given: "“topic”, by “topic”",
    });
    const strange = told.compared(id("merge"), new Set([...right.values(), "$stranger"]))?.entries[0];
    expect(strange).to.deep.include({ right: "nothing", given: "$stranger" });
    expect(told.compared("$stranger")).to.equal(undefined);
  });

  it("knows what else could have been answered", () => {
    const { told, id } = tell(QUARREL);
    expect(told.otherAnswers(id("merge"))).to.deep.equal([
      { entry: "Bob's membership", right: "banned, by “ban”", given: "in the room, by “bob”" },
      { entry: "the topic", right: "nothing", given: "“topic”, by “topic”" },
    ]);
    expect(told.otherAnswers(id("topic"))).to.deep.equal([]);
  });

  it("tells of version 1 by depth, and of the unchecked first", () => {
    const { told, id } = tell(
      [
        membership("out", ALICE, BOB, "leave", { prev: ["bob"] }),
        topic("topic", ALICE, { prev: ["bob"] }),
        message("m", ALICE, { prev: ["out", "topic"] }),
      ],
      { version: "1" },
    );
    expect(texts(told.reasoning(id("m")).decisions)).to.include("“bob” is taken without a check");
  });

  it("writes people's names where rules have their ids", () => {
    expect(inWords(`${BOB} cannot join for ${ALICE}.`, { who: WHO })).to.equal("Bob cannot join for Alice.");
  });
});
