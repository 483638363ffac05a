import { expect } from "chai";
import { Agenda } from "../../src/fuzz/agenda.js";

describe("fuzz/agenda", () => {
  it("gives each history once, number by number", () => {
    const agenda = new Agenda({ roomVersions: ["10", "12"], from: 3, count: 2 });
    expect(agenda.length).to.equal(4);
    const taken = [agenda.take(), agenda.take(), agenda.take(), agenda.take()];
    expect(taken.map((item) => `${item?.number}/${item?.roomVersion}`)).to.eql(["3/10", "3/12", "4/10", "4/12"]);
    expect(agenda.take()).to.equal(undefined);
  });

  it("goes on from the first number that is not done, though later ones are", () => {
    const agenda = new Agenda({ roomVersions: ["11"], from: 1, count: 4 });
    const [first, second, third, fourth] = [agenda.take(), agenda.take(), agenda.take(), agenda.take()];
    for (const item of [first, third, fourth]) if (item !== undefined) agenda.done(item);
    expect(agenda.goOnFrom).to.equal(2);
    if (second !== undefined) agenda.done(second);
    expect(agenda.goOnFrom).to.equal(undefined);
  });
});
