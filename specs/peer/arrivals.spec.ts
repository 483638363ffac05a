import { expect } from "chai";
import { type Arrival, Arrivals } from "../../src/peer/arrivals.js";

const pdu = (type: string): Arrival => ({ kind: "pdu", origin: "one.test", pdu: { type } });
const isType = (type: string) => (arrival: Arrival) => arrival.kind === "pdu" && arrival.pdu.type === type;
const patience = () => new AbortController();

describe("peer/arrivals", () => {
  it("gives the first that matches, of the past before the future", async () => {
    const arrivals = new Arrivals();
    const [first, second] = [pdu("a"), pdu("a")];
    for (const arrival of [first, second]) arrivals.add(arrival);
    expect(await arrivals.waitFor(isType("a"), patience().signal)).to.equal(first);
    expect(arrivals.all).to.deep.equal([first, second]);
  });

  it("wakes each who waits when it comes, and only then", async () => {
    const arrivals = new Arrivals();
    const heard: string[] = [];
    const waits = ["a", "b", "b"].map((type, index) =>
      arrivals.waitFor(isType(type), patience().signal).then(() => heard.push(`${type}${index}`)),
    );
    arrivals.add(pdu("c"));
    arrivals.add(pdu("b"));
    await Promise.all(waits.slice(1));
    expect(heard).to.deep.equal(["b1", "b2"]);
    arrivals.add(pdu("a"));
    await waits[0];
    expect(heard).to.deep.equal(["b1", "b2", "a0"]);
  });

  it("gives up when the wait is aborted, before or meanwhile, but not on what came already", async () => {
    const arrivals = new Arrivals();
    const reasonOf = (signal: AbortSignal) =>
      arrivals.waitFor(isType("a"), signal).then(
        () => "it came",
        (error: Error) => error.message,
      );
    const meanwhile = patience();
    const waiting = reasonOf(meanwhile.signal);
    meanwhile.abort(new Error("no more"));
    expect(await waiting).to.equal("no more");
    expect(await reasonOf(meanwhile.signal)).to.equal("no more");
    arrivals.add(pdu("a"));
    expect(await reasonOf(meanwhile.signal)).to.equal("it came");
  });
});
