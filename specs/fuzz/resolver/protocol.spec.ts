import { expect } from "chai";
import { generateHistory } from "../../../src/fuzz/generate.js";
import { questionOf, readAnswer } from "../../../src/fuzz/resolver/protocol.js";
import { casesOf, resolutionOf, sameState } from "../../../src/fuzz/resolver/resolution-case.js";

const [posed] = Array.from({ length: 9 }, (_none, at) => casesOf(generateHistory("11", `protocol/${at}`))).flat();
if (posed === undefined) throw new Error("no case");
const right = [...resolutionOf(posed).values()];
const read = (answer: unknown) => readAnswer(JSON.stringify(answer), posed, "7");
const problemOf = (answer: ReturnType<typeof readAnswer>) => ("problem" in answer ? answer : { problem: "none" });

describe("fuzz/resolver/protocol", () => {
  it("asks with the states as lists of ids, and with the events", () => {
    const question = questionOf(posed, "7");
    expect(question).to.include({ id: "7", room_version: "11", room_id: posed.roomId });
    expect(question.state_sets).to.deep.equal(posed.states.map((state) => [...state.values()]));
    expect(question.events).to.have.length(posed.events.size);
  });

  it("marks the rejected events alone", () => {
    const events = new Map([...posed.events].map(([id, event], at) => [id, { ...event, rejected: at === 1 }] as const));
    const marks = (questionOf({ ...posed, events }, "7").events as { rejected?: boolean }[]).map(
      ({ rejected }) => rejected,
    );
    expect(marks.filter((mark) => mark === true)).to.have.length(1);
    expect(marks.filter((mark) => mark === undefined)).to.have.length(marks.length - 1);
  });

  it("reads the right answer as the state, whatever else it holds and in any order", () => {
    const answer = read({ id: "7", state: right.toReversed(), took: 3 });
    expect("state" in answer && sameState(answer.state, resolutionOf(posed))).to.equal(true);
  });

  it("takes what is said for an error as it is", () => {
    expect(read({ id: "7", error: "too hard" })).to.deep.equal({ problem: "the resolver says: too hard" });
  });

  it("knows what is no answer to the question", () => {
    for (const [answer, complaint] of [
      [[], "no JSON object"],
      [{ id: "6", state: right }, 'to "6", asked was 7'],
      [{ state: right }, "to nothing, asked was 7"],
      [{ id: "7" }, "without state"],
      [{ id: "7", state: ["$elsewhere"] }, "$elsewhere, which is no state event of the question"],
      [{ id: "7", state: [...right, right[0]] }, "two events for m.room.create"],
    ] as const) {
      const { problem, garbled } = { garbled: false, ...problemOf(read(answer)) };
      expect(problem).to.contain(complaint);
      expect(garbled).to.equal(true);
    }
    expect(problemOf(readAnswer("{", posed, "7")).problem).to.contain("no JSON object: {");
  });
});
