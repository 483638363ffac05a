import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { message, publicRoom, SmallFederation } from "../small-federation.js";

const ANN = "@ann:one.test";

interface Attempt {
  readonly target: string;
  readonly body: string;
  readonly pdus: number;
}

/** Lets a server send 60 events to one that fails at first; answers with the attempts and the waits between them. */
async function attemptsAt(defects: readonly string[], failures: number) {
  const federation = new SmallFederation();
  const waits: number[] = [];
  const sleep = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
  const one = federation.server("one.test", { sleep, defects: new Set(defects) });
  const two = federation.server("two.test");
  const room = await publicRoom(one, ANN, "11");
  await two.context.rooms.join("@bob:two.test", room.roomId, ["one.test"]);
  const attempts: Attempt[] = [];
  const delivered = new Promise<void>((resolve) => {
    federation.handlers.set("two.test", async ({ target, body }) => {
      const text = new TextDecoder().decode(body);
      attempts.push({ target, body: text, pdus: (JSON.parse(text) as { pdus: JsonObject[] }).pdus.length });
      if (attempts.length === failures + (defects.includes("sends-oversized-transactions") ? 1 : 2)) resolve();
      return { status: attempts.length <= failures ? 500 : 200, headers: [], body: new TextEncoder().encode("{}") };
    });
  });
  const events = Array.from({ length: 60 }, (_, index) =>
    one.context.rooms.draft(room.roomId, message(ANN, `${index}`)),
  );
  for (const { event } of events) one.context.federation.sendPdu(["two.test"], event);
  await delivered;
  federation.stop();
  return { attempts, waits };
}

describe("the queue to a server", () => {
  it("repeats a transaction unchanged, ever more slowly, before it sends the next", async () => {
    const { attempts, waits } = await attemptsAt([], 3);
    expect(attempts.map(({ pdus }) => pdus)).to.deep.equal([50, 50, 50, 50, 10]);
    expect(new Set(attempts.slice(0, 4).map(({ target }) => target)).size).to.equal(1);
    expect(new Set(attempts.slice(0, 4).map(({ body }) => body)).size).to.equal(1);
    expect(attempts[4]?.target).not.to.equal(attempts[0]?.target);
    expect(waits).to.deep.equal([500, 1000, 2000]);
  });

  it("sends too much at once, or under ever new ids, when faulty", async () => {
    expect((await attemptsAt(["sends-oversized-transactions"], 0)).attempts[0]?.pdus).to.equal(60);
    const { attempts } = await attemptsAt(["retries-under-new-transaction-id"], 2);
    expect(new Set(attempts.slice(0, 3).map(({ target }) => target)).size).to.equal(3);
  });

  it("is settled once all is handed over, or as soon as an attempt has failed", async () => {
    const federation = new SmallFederation();
    const { settledAfter } = await refusals(federation);
    expect(settledAfter).to.deep.equal({ refused: 1, accepted: 2 });
  });
});

/** How many attempts had been made when the queue was settled: with the other server refusing, and with it well again. */
async function refusals(federation: SmallFederation) {
  const ends: (() => void)[] = [];
  const sleep = (): Promise<void> => new Promise((resolve) => ends.push(resolve));
  const one = federation.server("one.test", { sleep });
  const two = federation.server("two.test");
  const room = await publicRoom(one, ANN, "11");
  await two.context.rooms.join("@bob:two.test", room.roomId, ["one.test"]);
  await one.context.federation.settled();
  let attempts = 0;
  federation.handlers.set("two.test", async () => {
    attempts += 1;
    return { status: attempts === 1 ? 500 : 200, headers: [], body: new TextEncoder().encode("{}") };
  });
  await one.context.rooms.send(room.roomId, message(ANN, "hello"));
  await one.context.federation.settled();
  const refused = attempts;
  for (const end of ends) end();
  // The next attempt begins in a later turn than the end of the wait.
  while (attempts === 1) await new Promise((resolve) => setImmediate(resolve));
  await one.context.federation.settled();
  return { settledAfter: { refused, accepted: attempts } };
}
