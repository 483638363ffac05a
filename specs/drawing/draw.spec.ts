import { expect } from "chai";
import { drawHistory, EVENTS_DRAWN } from "../../src/drawing/draw.js";
import { labelOf, mermaid } from "../../src/drawing/mermaid.js";
import { textGraph } from "../../src/drawing/text-graph.js";
import { ToldHistory } from "../../src/drawing/told-history.js";
import { ALICE, BOB, message, type Told, topic } from "../support/story.js";
import { QUARREL, tell, WHO } from "./told.js";

const drawn = (told: ToldHistory) =>
  drawHistory(told).events.map(({ name, fate, prev, overruled }) => [name, fate, prev.join(), overruled]);

describe("drawing/draw", () => {
  it("draws what has a name, and gathers what came before", () => {
    const { told } = tell(QUARREL);
    const { events, left } = drawHistory(told);
    expect(left).to.equal(0);
    expect(events[0]).to.deep.include({ kind: "earlier", words: "4 earlier events" });
    expect(drawn(told).slice(1)).to.deep.equal([
      ["bob", "accepted", "(earlier)", "FED-SR2-018"],
      ["topic", "accepted", "bob", "FED-AR-058"],
      ["ban", "accepted", "bob", undefined],
      ["merge", "accepted", "topic,ban", undefined],
    ]);
  });

  it("tells refused and soft-failed events apart, each with its rule and reason", () => {
    const beyond = [
      topic("mine", "@charlie:c.example", { prev: ["bob"] }),
      ...QUARREL.slice(1, 2),
      message("late", BOB, { prev: ["bob"] }),
    ];
    const { events } = drawHistory(tell(beyond).told);
    const fates = events.map(({ name, fate, rule, reason }) => [name, fate, rule, reason]);
    expect(fates.slice(2)).to.deep.equal([
      ["mine", "rejected", "FED-AR-058", "Charlie is not joined"],
      ["ban", "accepted", undefined, undefined],
      ["late", "soft-failed", "FED-AR-058", "Bob is not joined"],
    ]);
  });

  it("draws the same picture in whatever order the events came", () => {
    const names = (arriving: readonly string[]) =>
      drawHistory(tell(QUARREL, { arriving }).told).events.map(({ name }) => name);
    expect(names(["ban", "topic", "merge"])).to.deep.equal(names(["topic", "ban", "merge"]));
  });

  it("leads a dashed line past events that are not drawn", () => {
    const { told } = tell([message("one", ALICE, { prev: ["bob"] }), message("two", ALICE, { prev: ["one"] })], {
      named: ["bob", "two"],
    });
    const all = drawHistory(told).events;
    // What came after a named event is drawn, with a number for a name.
    expect(all.map(({ name }) => name)).to.include("#1");
    const long: Told[] = Array.from({ length: 60 }, (_, at) =>
      message(`m${at}`, ALICE, { prev: [at === 0 ? "bob" : `m${at - 1}`] }),
    );
    const { told: much, id } = tell(long);
    const { events, left } = drawHistory(much, [id("m59"), id("bob")]);
    expect(events.filter(({ kind }) => kind !== "earlier")).to.have.length(EVENTS_DRAWN);
    expect(left).to.equal(61 - EVENTS_DRAWN);
    expect(events.filter(({ through }) => through !== undefined).map(({ through }) => through)).to.deep.equal([
      ["bob"],
    ]);
  });

  it("says what cannot be judged, was not sent, or is no valid event", () => {
    const { told, id } = tell(QUARREL, { arriving: ["topic", "merge"] });
    expect(drawn(told).find(([name]) => name === "merge")?.[1]).to.equal("untold");
    const [unsent, invalid] = ["ban", "topic"].map((name) => ({
      eventId: id(name),
      event: tell(QUARREL).story.outcome(name).event,
    }));
    if (unsent === undefined || invalid === undefined) throw new Error("no events");
    const besides = [
      { ...unsent, fate: "unsent" as const },
      { ...invalid, fate: "invalid" as const },
    ];
    const left = told.material.events.filter(({ eventId }) => eventId !== invalid.eventId);
    const other = new ToldHistory({ ...told.material, events: left, besides });
    expect(
      drawn(other)
        .slice(2)
        .map(([name, fate]) => [name, fate]),
    ).to.deep.equal([
      ["topic", "invalid"],
      ["ban", "unsent"],
      ["merge", "untold"],
    ]);
  });
});

describe("drawing/text-graph", () => {
  it("draws forks and merges in plain characters", () => {
    const lines = textGraph(drawHistory(tell(QUARREL).told));
    expect(lines).to.deep.equal([
      ":    4 earlier events",
      "*    ↯ bob: Bob joins (overruled by FED-SR2-018)",
      "+-.",
      "* |  ↯ topic: Bob sets the topic to “topic” (overruled by FED-AR-058)",
      "| *  ban: Alice bans Bob",
      "+-'",
      "o    merge: Alice writes",
    ]);
  });

  it("crosses lines that go on", () => {
    const told = tell([
      message("a", ALICE, { prev: ["bob"] }),
      message("b", ALICE, { prev: ["bob"] }),
      message("c", ALICE, { prev: ["bob"] }),
      message("d", ALICE, { prev: ["a", "c"] }),
      message("e", ALICE, { prev: ["d", "b"] }),
    ]).told;
    expect(textGraph(drawHistory(told))).to.include.members(["+-|-'", "o |    d: Alice writes", "+-'"]);
  });
});

describe("drawing/mermaid", () => {
  it("has the same words, shapes for what is different, and lines in the direction of time", () => {
    const text = mermaid(drawHistory(tell(QUARREL).told));
    expect(text.split("\n")).to.include.members([
      "graph TD",
      '  n1(["4 earlier events"])',
      '  n4["ban: Alice bans Bob"]',
      '  n5("merge: Alice writes")',
      "  n2 --> n3",
      "  n4 --> n5",
    ]);
  });

  it("lets nothing in a text end the label or start anything", () => {
    const event = {
      name: 'a"]',
      words: "<b>`x`</b>;\n--> #quot; | & @everyone",
      prev: [],
      kind: "message",
      fate: "rejected",
    } as const;
    const text = mermaid({ events: [{ ...event, rule: "FED-AR-001" }], left: 0 });
    expect(text.split("\n")).to.have.length(2);
    expect(text).not.to.match(/[<>`&|@\]]/);
    expect(text.match(/"/g)).to.have.length(2);
  });

  it("marks every fate by a sign and a word", () => {
    const fates = ["rejected", "soft-failed", "invalid", "unsent", "untold"] as const;
    const labels = fates.map((fate) => labelOf({ name: "e", words: WHO(ALICE), kind: "state", fate, prev: [] }));
    expect(new Set(labels.map((label) => label[0]))).to.have.length(fates.length);
    for (const label of labels) expect(label).to.match(/^\S e: Alice \(.+\)$/);
  });
});
