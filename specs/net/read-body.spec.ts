import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { expect } from "chai";
import { Budget, readBody } from "../../src/net/read-body.js";

/** A message whose body is written by hand. */
function message(): PassThrough & IncomingMessage {
  return new PassThrough() as unknown as PassThrough & IncomingMessage;
}

describe("net/read-body", () => {
  it("gives the body whole, and the budget back", async () => {
    const [sent, budget] = [message(), new Budget(6)];
    const body = readBody(sent, 6, budget);
    sent.write("abc");
    sent.end("def");
    expect(String(Buffer.from((await body) ?? []))).to.equal("abcdef");
    expect(budget.take(6)).to.equal(true);
  });

  it("gives nothing of a body that is too long, and reads the rest of it", async () => {
    const [sent, budget] = [message(), new Budget(100)];
    const body = readBody(sent, 4, budget);
    sent.write("abc");
    sent.write("def");
    expect(await body).to.equal(undefined);
    sent.end("g".repeat(50_000));
    await new Promise((resolve) => sent.once("end", resolve));
    expect(budget.take(100)).to.equal(true);
  });

  it("gives nothing where others use the budget up", async () => {
    const [first, second, budget] = [message(), message(), new Budget(5)];
    const slow = readBody(first, 10, budget);
    first.write("abc");
    await new Promise(setImmediate);
    const refused = readBody(second, 10, budget);
    second.end("abc");
    expect(await refused).to.equal(undefined);
    first.end("de");
    expect((await slow)?.length).to.equal(5);
    expect(budget.take(5)).to.equal(true);
  });

  it("rejects when the sender goes away, and gives the budget back", async () => {
    const [sent, budget] = [message(), new Budget(3)];
    const body = readBody(sent, 10, budget);
    sent.write("abc");
    await new Promise(setImmediate);
    sent.destroy();
    expect(await body.catch((error: Error) => error.message)).to.equal("the sender went away");
    expect(budget.take(3)).to.equal(true);
  });
});
