import { expect } from "chai";
import { ResolverFailure, ResolverProcess } from "../../../src/fuzz/resolver/resolver-process.js";

const never = new AbortController().signal;
const patient = { deadlineMs: 20_000, signal: never };

async function failureOf(asking: Promise<string>): Promise<Error> {
  return asking.then(
    (line) => {
      throw new Error(`answered ${line}`);
    },
    (error: Error) => error,
  );
}

async function using<T>(command: string, use: (resolver: ResolverProcess) => Promise<T>): Promise<T> {
  const resolver = new ResolverProcess(command, ".");
  try {
    return await use(resolver);
  } finally {
    await resolver.end();
  }
}

describe("fuzz/resolver/resolver-process", function () {
  this.timeout(60_000);

  it("takes line for line", () =>
    using("cat", async (resolver) => {
      expect(await resolver.ask("one", patient)).to.equal("one");
      const long = "x".repeat(3_000_000);
      expect(await resolver.ask(long, patient)).to.equal(long);
    }));

  it("tells how a resolver ended, with its last words, and keeps telling", () =>
    using("read line; echo no more >&2; exit 3", async (resolver) => {
      for (const line of ["one", "two"]) {
        const failure = await failureOf(resolver.ask(line, patient));
        expect(failure).to.be.instanceOf(ResolverFailure);
        expect(failure.message).to.contain("ended with code 3: no more");
      }
    }));

  it("tells that a command is not there", () =>
    using("/there/is/none", async (resolver) => {
      const failure = await failureOf(resolver.ask("one", patient));
      expect(failure.message).to.match(/ended with code 127: .*not found/s);
    }));

  it("waits no longer than it is told, and ends what does not end by itself", () =>
    using("trap '' TERM; while :; do read line; done; sleep 600", async (resolver) => {
      const failure = await failureOf(resolver.ask("one", { deadlineMs: 100, signal: never }));
      expect(failure.message).to.equal("no answer within 100 ms");
      await resolver.kill();
      const after = await failureOf(resolver.ask("two", patient));
      expect(after.message).to.contain("ended by SIGKILL");
    }));

  it("stops waiting at the signal", () =>
    using("cat >/dev/null", async (resolver) => {
      const controller = new AbortController();
      const asking = failureOf(resolver.ask("one", { deadlineMs: 20_000, signal: controller.signal }));
      controller.abort(new Error("enough"));
      expect((await asking).message).to.equal("enough");
    }));
});
