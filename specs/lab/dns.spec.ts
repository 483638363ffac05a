import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { connect } from "node:net";
import { expect } from "chai";
import { encode, type Packet, type RecordType, streamDecode, streamEncode } from "dns-packet";
import { type DnsQuery, LabDns } from "../../src/lab/dns.js";
import { Hosts } from "../../src/lab/hosts.js";

describe("lab/dns", () => {
  let dns: LabDns;
  let resolver: Resolver;
  let asked: DnsQuery[];
  let hosts: Hosts;

  beforeEach(async () => {
    asked = [];
    hosts = new Hosts();
    dns = await LabDns.open({
      address: "127.0.0.1",
      port: 0,
      resolve: (host) => (host === "hs1.r1.test" ? "192.0.2.7" : undefined),
      hosts,
      asked: (query) => asked.push(query),
    });
    resolver = new Resolver({ timeout: 2000, tries: 1 });
    resolver.setServers([`127.0.0.1:${dns.port}`]);
  });

  afterEach(() => dns.close());

  it("leads the lab's names to the tap, whatever their case", async () => {
    expect(await resolver.resolve4("hs1.r1.test")).to.deep.equal(["192.0.2.7"]);
    expect(await resolver.resolve4("HS1.R1.test")).to.deep.equal(["192.0.2.7"]);
  });

  it("has no other records for them, and says so without denying the name", async () => {
    expect(await codeOf(resolver.resolve6("hs1.r1.test"))).to.equal("ENODATA");
    expect(await codeOf(resolver.resolveSrv("_matrix-fed._tcp.hs1.r1.test"))).to.equal("ENODATA");
  });

  it("tells of services, aliases and dead addresses where they are arranged", async () => {
    const record = { target: "hs2.r1.test", port: 4711, priority: 1, weight: 2 };
    hosts.arrange("hs1.r1.test", { services: { "_matrix._tcp": [record] } });
    hosts.arrange("hs1.r1.test", { deadAddresses: ["2001:db8::9"], alias: "hs2.r1.test" });
    const { target, ...numbers } = record;
    expect(await resolver.resolveSrv("_Matrix._tcp.HS1.r1.test")).to.deep.equal([{ name: target, ...numbers }]);
    expect(asked[0]).to.include({ type: "SRV", answer: "service" });
    expect(await codeOf(resolver.resolveSrv("_matrix-fed._tcp.hs1.r1.test"))).to.equal("ENODATA");
    expect(await resolver.resolve6("hs1.r1.test")).to.deep.equal(["2001:db8::9"]);
    expect(await resolver.resolve4("hs1.r1.test")).to.deep.equal(["192.0.2.7"]);
  });

  it("denies every other name, and reports who asked", async () => {
    expect(await codeOf(resolver.resolve4("matrix.org"))).to.equal("ENOTFOUND");
    expect(await codeOf(resolver.resolveSrv("_matrix-fed._tcp.matrix.org"))).to.equal("ENOTFOUND");
    expect(asked).to.deep.equal([
      { client: "127.0.0.1", name: "matrix.org", type: "A", answer: "nxdomain" },
      { client: "127.0.0.1", name: "_matrix-fed._tcp.matrix.org", type: "SRV", answer: "nxdomain" },
    ]);
  });

  it("answers over TCP, also when questions come in pieces", async () => {
    const bytes = Buffer.concat([question(1, "hs1.r1.test"), question(2, "example.org")]);
    const answers = await tcp(dns.port, [bytes.subarray(0, 5), bytes.subarray(5, 40), bytes.subarray(40)], 2);
    expect(answers.map(({ id, answers: records }) => [id, records?.length])).to.deep.equal([
      [1, 1],
      [2, 0],
    ]);
  });

  it("survives bytes that are no question", async () => {
    const socket = createSocket("udp4");
    for (const junk of [
      Buffer.from([1]),
      Buffer.alloc(12),
      Buffer.alloc(300, 0xff),
      encode({ type: "response", id: 1 }),
    ]) {
      await new Promise((sent) => socket.send(junk, dns.port, "127.0.0.1", sent));
    }
    socket.close();
    expect(await resolver.resolve4("hs1.r1.test")).to.deep.equal(["192.0.2.7"]);
  });

  it("says what to do when its port is taken", async () => {
    const taken = { address: "127.0.0.1", port: dns.port, resolve: () => undefined, asked: () => undefined };
    const error = await LabDns.open(taken).catch((cause: Error) => cause);
    expect(error).to.include({ name: "LabError", code: "dns-refused" });
    expect(error).to.have.property("hint").that.contains("bind it to its own address");
  });
});

function question(id: number, name: string, type: RecordType = "A"): Buffer {
  return streamEncode({ type: "query", id, flags: 0x0100, questions: [{ type: type as "A", name }] });
}

function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "answered",
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
}

function tcp(port: number, pieces: readonly Buffer[], expected: number): Promise<Packet[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    let received = Buffer.alloc(0);
    const answers: Packet[] = [];
    socket.once("error", reject);
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 2 && received.length >= received.readUInt16BE(0) + 2) {
        const length = received.readUInt16BE(0) + 2;
        answers.push(streamDecode(received.subarray(0, length)));
        received = received.subarray(length);
      }
      if (answers.length < expected) return;
      socket.destroy();
      resolve(answers);
    });
    for (const piece of pieces) socket.write(piece);
  });
}
