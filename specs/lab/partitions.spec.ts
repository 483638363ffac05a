import { expect } from "chai";
import { Partitions } from "../../src/lab/partitions.js";

describe("lab/partitions", () => {
  const patient = new AbortController().signal;

  it("cuts and mends a path both ways", () => {
    const partitions = new Partitions();
    partitions.partition("a", "b");
    expect([partitions.cut("a", "b"), partitions.cut("b", "a"), partitions.cut("a", "c")]).to.deep.equal([
      true,
      true,
      false,
    ]);
    partitions.heal("b", "a");
    expect(partitions.cut("a", "b")).to.equal(false);
  });

  it("tears what is under way", () => {
    const partitions = new Partitions();
    const torn: string[] = [];
    partitions.watch("a", "b", () => torn.push("a-b"));
    partitions.watch("b", "a", () => torn.push("b-a"))();
    partitions.partition("b", "a");
    expect(torn).to.deep.equal(["a-b"]);
  });

  it("tells of a lost request, past or to come, in its own direction", async () => {
    const partitions = new Partitions();
    partitions.partition("a", "b");
    const waiting = partitions.lost("a", "b", patient);
    partitions.lose("a", "b");
    await waiting;
    await partitions.lost("a", "b", patient);
    const stop = new AbortController();
    const other = partitions.lost("b", "a", stop.signal);
    stop.abort(new Error("no longer"));
    const reason = await other.catch((error: Error) => error.message);
    expect(reason).to.equal("no longer");
  });

  it("forgets losses at the next cut", async () => {
    const partitions = new Partitions();
    partitions.partition("a", "b");
    partitions.lose("a", "b");
    partitions.partition("a", "b");
    const reason = await partitions.lost("a", "b", AbortSignal.abort("none")).catch((why: string) => why);
    expect(reason).to.equal("none");
  });
});
