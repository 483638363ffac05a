import { expect } from "chai";
import { Turns } from "../../src/lab/turns.js";

/** Work that ends when told to, and notes when it begins. */
function work(name: string, begun: string[]) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async () => {
    begun.push(name);
    await ended;
    return name;
  };
  return { run, end: () => end() };
}

const sends = (from: string, to: string, target = "/_matrix/federation/v1/send/1") => ({
  ...{ from, to, request: { method: target.includes("/send/") ? "PUT" : "GET", target } },
});

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("lab/turns", () => {
  it("lets one that must be alone wait for those under way, and those that come after wait for it", async () => {
    const begun: string[] = [];
    const turns = new Turns();
    const of = (name: string) => work(name, begun);
    const [one, two, alone] = [of("one"), of("two"), of("alone")] as const;
    const [late, other, asked] = [of("late"), of("other"), of("asked")] as const;
    const all = [
      turns.beside(sends("a", "b"), one.run),
      turns.beside(sends("a", "b"), two.run),
      settle().then(() => turns.alone(sends("a", "b"), alone.run)),
      settle().then(() => turns.beside(sends("a", "b"), late.run)),
      turns.beside(sends("b", "a"), other.run),
      settle().then(() => turns.beside(sends("a", "b", "/_matrix/key/v2/server"), asked.run)),
    ];
    await settle();
    await settle();
    expect(begun).to.deep.equal(["one", "two", "other", "asked"]);
    one.end();
    await settle();
    expect(begun).to.have.length(4);
    two.end();
    await settle();
    expect(begun.slice(4)).to.deep.equal(["alone"]);
    alone.end();
    await settle();
    expect(begun.slice(5)).to.deep.equal(["late"]);
    late.end();
    other.end();
    asked.end();
    expect(await Promise.all(all)).to.deep.equal(["one", "two", "alone", "late", "other", "asked"]);
  });

  it("gives the way on when work fails", async () => {
    const turns = new Turns();
    const fail = () => Promise.reject(new Error("lost"));
    for (const way of ["beside", "alone"] as const) {
      expect(await turns[way](sends("a", "b"), fail).catch(({ message }) => message)).to.equal("lost");
    }
    expect(await turns.alone(sends("a", "b"), async () => "through")).to.equal("through");
  });
});
