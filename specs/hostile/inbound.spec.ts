import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { expect } from "chai";
import type { Lab } from "../../src/lab/lab.js";
import { signingKey } from "../../src/matrix/keys.js";
import { Peer } from "../../src/peer/peer.js";
import { inPool } from "../../src/runner/pool.js";
import { INBOUND_WAYS, type InboundWay } from "../support/hostile/inbound-ways.js";
import { AT_A_TIME, MOST_MS } from "../support/hostile/limits.js";
import { MemoryWatch } from "../support/hostile/memory-watch.js";
import { perform } from "../support/hostile/way.js";
import { get, type RecordingLab, recordingLab } from "../support/in-process-lab.js";

const LIMITS = { maxBodyBytes: 1024 * 1024, maxHeaderBytes: 64 * 1024, arrivalTimeoutMs: 1500, maxConnections: 400 };
const FLOOD = 1000;

interface Got {
  readonly what: number | "closed" | "nothing";
  readonly tookMs: number;
}

describe("peers meet hostile callers", () => {
  const memory = new MemoryWatch();
  const got = new Map<InboundWay, Got>();
  let recording: RecordingLab;
  let lab: Lab;
  let host = "";

  before(async function () {
    this.timeout(90_000);
    recording = await recordingLab("loopback", LIMITS);
    lab = recording.lab;
    host = lab.name("peer");
    const peer = new Peer({
      serverName: host,
      signingKey: signingKey(new Uint8Array(32).fill(3), "p1"),
      transport: lab.transportFor(host),
      now: Date.now,
      random: (bytes) => new Uint8Array(bytes),
      allows: [],
      onViolation: () => undefined,
    });
    await lab.certificateFor(host);
    lab.attach(host, { kind: "handler", handler: peer.handle });
    memory.start();
    await inPool(INBOUND_WAYS, AT_A_TIME, async (way) => {
      got.set(way, await call(way));
    });
  });
  after(async () => {
    memory.stop();
    await lab.close();
  });

  /** A loopback name is an address, and the tap listens there. */
  const place = () => {
    const [address = "", port = ""] = host.split(":");
    return { host: address, port: Number(port) };
  };

  async function call(way: InboundWay): Promise<Got> {
    const began = performance.now();
    const socket = opened(way);
    try {
      const what = await answerTo(socket, way);
      return { what, tookMs: performance.now() - began };
    } finally {
      socket.destroy();
    }
  }

  function opened({ plain, sni }: InboundWay): Socket {
    if (plain === true) return connectTcp(place());
    return connectTls({ ...place(), rejectUnauthorized: false, ...(sni === undefined ? {} : { servername: sni }) });
  }

  function answerTo(socket: Socket, way: InboundWay): Promise<Got["what"]> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve("nothing"), MOST_MS);
      const done = (what: Got["what"]) => {
        clearTimeout(timer);
        resolve(what);
      };
      socket.on("data", (data) => {
        const status = /^HTTP\/1\.1 (\d+)/u.exec(data.toString("latin1"))?.[1];
        if (status !== undefined) done(Number(status));
      });
      socket.on("error", () => done("closed"));
      socket.on("close", () => done("closed"));
      socket.on("end", () => done("closed"));
      const began = way.plain === true ? "connect" : "secureConnect";
      socket.once(began, () => {
        perform(socket, way.say(host)).then(() => way.ends && socket.end());
      });
    });
  }

  for (const way of INBOUND_WAYS)
    it(`one who ${way.name}`, () => {
      const { what, tookMs } = got.get(way) ?? { what: "nothing", tookMs: 0 };
      expect(what).to.be.oneOf([...way.gets]);
      expect(tookMs).to.be.below(MOST_MS);
    });

  it("still answers others, whatever callers did", async () => {
    expect((await lab.transportFor(lab.name("honest"))(host, get("/_matrix/federation/v1/version"))).status).to.equal(
      200,
    );
  });

  it("holds so many connections and no more, and answers again when they are gone", async function () {
    this.timeout(60_000);
    const sockets = Array.from({ length: FLOOD }, () => connectTcp(place()));
    const ends = sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.on("error", () => undefined);
          socket.on("close", () => resolve());
        }),
    );
    for (const socket of sockets) socket.resume();
    await Promise.all(ends);
    expect((await lab.transportFor(lab.name("later"))(host, get("/_matrix/federation/v1/version"))).status).to.equal(
      200,
    );
  });

  it("records no exchange of what never became a request, and none without end", () => {
    for (const { requestBody } of recording.records) expect(requestBody.length).to.be.at.most(LIMITS.maxBodyBytes);
  });

  it("stays small", () => expect(memory.grownBy()).to.be.below(400 * 1024 * 1024));
});
