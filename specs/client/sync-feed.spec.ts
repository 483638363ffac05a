import { expect } from "chai";
import type { SyncBatch } from "../../src/client/sync-batch.js";
import { SyncFeed } from "../../src/client/sync-feed.js";

const never = () => false;
const forever = new AbortController().signal;
const failure = (work: Promise<unknown>) =>
  work.then(
    () => "no failure",
    (error: Error) => `${error.name}: ${error.message}`,
  );

/** A feed of a server that always has news at once. */
function flooding(batch: Partial<SyncBatch>): { readonly feed: SyncFeed; readonly sinces: (string | undefined)[] } {
  const sinces: (string | undefined)[] = [];
  const feed = new SyncFeed(async (since) => {
    sinces.push(since);
    return { exchangeId: `x${sinces.length}`, body: {}, ...batch };
  });
  return { feed, sinces };
}

describe("client/sync-feed", () => {
  it("goes on from the token of the last answer, and gives what is looked for", async () => {
    const { feed, sinces } = flooding({ body: { next_batch: "n1" } });
    const found = await feed.waitFor(({ exchangeId }) => exchangeId === "x3", forever);
    expect(found.exchangeId).to.equal("x3");
    expect(sinces).to.deep.equal([undefined, "n1", "n1"]);
  });

  it("gives up on a server that answers over and over", async () => {
    const { feed, sinces } = flooding({});
    expect(await failure(feed.waitFor(never, forever))).to.match(
      /^ClientConnectionError: .*floods its client: 2001 answers/,
    );
    expect(sinces).to.have.length(2001);
  });

  it("gives up on a server that never has enough to say", async () => {
    const { feed, sinces } = flooding({ bytes: 10 * 1024 * 1024 });
    expect(await failure(feed.waitFor(never, forever))).to.contain("7 answers of 73400320 bytes");
    expect(sinces).to.have.length(7);
  });

  it("does not let one who gave up take down whoever comes right after", async () => {
    const polls: AbortSignal[] = [];
    const feed = new SyncFeed((_since, signal) => {
      polls.push(signal);
      if (polls.length > 1) return Promise.resolve({ exchangeId: "later", body: {} });
      return new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => setTimeout(() => reject(signal.reason), 5)),
      );
    });
    const caller = new AbortController();
    const first = failure(feed.waitFor(never, caller.signal));
    caller.abort(new Error("the time passed"));
    expect(await first).to.equal("Error: the time passed");
    expect((await feed.waitFor(() => true, forever)).exchangeId).to.equal("later");
  });

  it("gives up with its caller", async () => {
    const caller = new AbortController();
    const feed = new SyncFeed(
      (_, signal) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    );
    const waiting = failure(feed.waitFor(never, caller.signal));
    caller.abort(new Error("the end"));
    expect(await waiting).to.equal("Error: the end");
  });
});
