import { connect } from "node:net";
import { expect } from "chai";
import { DEFAULT_LIMITS } from "../../src/net/limits.js";
import { listenHttp } from "../../src/net/listen.js";
import type { WireHandler, WireRequest } from "../../src/net/wire.js";

/** Sends bytes as they are; everything that came back until the connection closed. */
function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (data) => {
      answer += data.toString("latin1");
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(answer));
  });
}

describe("listenHttp", () => {
  const seen: WireRequest[] = [];
  const handler: WireHandler = async (request) => {
    seen.push(request);
    return {
      status: 418,
      headers: [
        ["X-Tea", "green"],
        ["X-Tea", "black"],
      ],
      body: new TextEncoder().encode("é"),
    };
  };

  beforeEach(() => seen.splice(0));

  it("hands over target, headers and body as they were sent, and the answer as it was given", async () => {
    const listener = await listenHttp(handler, { host: "127.0.0.1", port: 0 });
    try {
      const answer = await exchange(
        listener.port,
        "POST /a%2Fb?x=%20&x HTTP/1.1\r\nHost: h\r\nx-odd: 1\r\nX-Odd: 2\r\nConnection: close\r\nContent-Length: 2\r\n\r\n\u007f!",
      );
      expect(seen[0]).to.include({ method: "POST", target: "/a%2Fb?x=%20&x" });
      expect(seen[0]?.headers).to.deep.include.members([
        ["x-odd", "1"],
        ["X-Odd", "2"],
      ]);
      expect([...(seen[0]?.body ?? [])]).to.deep.equal([0x7f, 0x21]);
      expect(answer)
        .to.match(/^HTTP\/1\.1 418 /)
        .and.include("X-Tea: green\r\nX-Tea: black\r\n");
      expect(answer).to.include("Content-Length: 2\r\n");
      expect(answer.endsWith("\r\n\r\nÃ©")).to.equal(true);
    } finally {
      await listener.close();
    }
  });

  it("refuses a body that is too large without calling the handler", async () => {
    const limits = { ...DEFAULT_LIMITS, maxBodyBytes: 3 };
    const listener = await listenHttp(handler, { host: "127.0.0.1", port: 0, limits });
    try {
      const answer = await exchange(listener.port, "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n1234");
      expect(answer).to.match(/^HTTP\/1\.1 413 /);
      expect(seen).to.deep.equal([]);
    } finally {
      await listener.close();
    }
  });

  it("aborts the handler's signal when the caller goes away", async () => {
    let aborted: (value: boolean) => void = () => undefined;
    const gone = new Promise<boolean>((resolve) => {
      aborted = resolve;
    });
    let arrived: () => void = () => undefined;
    const called = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const waiting: WireHandler = ({ signal }) =>
      new Promise((_resolve, reject) => {
        arrived();
        signal?.addEventListener("abort", () => {
          aborted(true);
          reject(signal.reason);
        });
      });
    const listener = await listenHttp(waiting, { host: "127.0.0.1", port: 0 });
    const socket = connect(listener.port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
    await called;
    socket.destroy();
    expect(await gone).to.equal(true);
    await listener.close();
  });
});
