import { expect } from "chai";
import type { HostFacts } from "../../src/lab/hosts.js";
import { header, type WireResponse } from "../../src/net/wire.js";
import { answering, bytes, get, type RecordingLab, recordingLab } from "../support/in-process-lab.js";

describe("lab/ways", () => {
  let recording: RecordingLab;
  let sender: string;
  let server: string;

  beforeEach(async () => {
    recording = await recordingLab();
    const { lab } = recording;
    sender = lab.name("hs1");
    server = lab.name("peer", { portless: true });
    lab.attach(server, { kind: "handler", handler: answering(200, "{}") });
    await lab.arrange(server, { server });
  });

  afterEach(() => recording.lab.close());

  const site = (delegate: string, headers: WireResponse["headers"] = []): HostFacts => ({
    site: { status: 200, headers, body: bytes(JSON.stringify({ "m.server": delegate })) },
  });
  const send = (to = server) => recording.lab.transportFor(sender)(to, get("/there"));
  /** Port, Host and SNI of what was recorded. */
  const seen = () =>
    recording.records.map(({ to, target, port, requestHeaders, sni }) => {
      const host = header(requestHeaders, "host");
      return { to, target, port, host, sni };
    });
  const lookedUp = () => ({
    to: server,
    target: "/.well-known/matrix/server",
    port: 443,
    host: server,
    sni: server,
  });

  it("finds a server of which nothing is told at its name and the default port", async () => {
    expect((await send()).status).to.equal(200);
    expect(seen()).to.deep.equal([lookedUp(), { to: server, target: "/there", port: 8448, host: server, sni: server }]);
    expect(recording.records[0]).to.include({ status: 404 }).and.not.have.property("interference");
  });

  it("finds a server where its web site says, and there by the name and port that it says", async () => {
    const { lab } = recording;
    const home = lab.host("home");
    await lab.arrange(home, { server });
    await lab.arrange(server, site(`${home}:${lab.otherPort}`));
    await send();
    const place = { port: lab.otherPort, host: `${home}:${lab.otherPort}`, sni: home };
    expect(seen()).to.deep.equal([lookedUp(), { to: server, target: "/there", ...place }]);
  });

  it("finds a server by service records, past those that lead nowhere", async () => {
    const { lab } = recording;
    const rack = lab.host("rack");
    const at = { target: rack, weight: 0 };
    const records = [
      { ...at, port: 9, priority: 1 },
      { ...at, port: Number(lab.otherPort), priority: 2 },
    ];
    await lab.arrange(server, { services: { "_matrix-fed._tcp": records }, deadAddresses: ["2001:db8::1"] });
    await send();
    expect(seen()[1]).to.deep.equal({ to: server, target: "/there", port: lab.otherPort, host: server, sni: server });
  });

  it("says so when nothing is where a server is said to be", async () => {
    const { lab } = recording;
    await lab.arrange(server, site(`${lab.host("home")}:9`));
    const error = await send().catch((cause: Error) => cause);
    expect(error).to.include({ name: "NetError", code: "connect" });
    await lab.arrange(server, site("matrix.example.org"));
    const outside = await lab
      .transportFor(lab.name("hs2"))(server, get("/there"))
      .catch((cause: Error) => cause);
    expect(outside).to.have.property("message").that.contains("no address for matrix.example.org");
    expect(recording.notes).to.deep.include({
      about: "unresolved",
      data: { from: "hs2.".concat(server.slice(server.indexOf(".") + 1), ":8448"), name: "matrix.example.org" },
    });
  });

  it("gives addresses for names, each with a certificate for it", async () => {
    const { lab } = recording;
    const name = await lab.addressName();
    lab.attach(name, { kind: "handler", handler: answering(200, "{}") });
    await lab.arrange(name, { server: name });
    await send(name);
    const port = Number(name.split(":")[1]);
    expect(seen()).to.deep.equal([{ to: name, target: "/there", port, host: name, sni: undefined }]);
    await lab.arrange(name, { certificate: { for: "elsewhere.test" } });
    const error = await lab
      .transportFor(lab.name("hs2"))(name, get("/there"))
      .catch((cause: Error) => cause);
    expect(error).to.include({ code: "tls" });
  });

  it("shows other certificates where that is arranged, and nobody is let in by them", async () => {
    const { lab } = recording;
    for (const [label, certificate] of [
      ["p1", { for: "elsewhere.test" }],
      ["p2", { for: server, untrusted: true }],
    ] as const) {
      const name = lab.name(label);
      lab.attach(name, { kind: "handler", handler: answering(200, "{}") });
      await lab.arrange(name.split(":")[0] ?? "", { certificate });
      expect(await send(name).catch((cause: Error) => cause)).to.include({ code: "tls" });
    }
    expect(recording.records).to.deep.equal([]);
  });

  it("has nothing to look up where names are addresses", async () => {
    const { lab } = await recordingLab("loopback");
    try {
      expect(lab.noLookUps).to.contain("for which nothing is looked up");
      expect(lab.otherPort).to.equal(undefined);
      expect(() => lab.host("home")).to.throw("no host names");
      const name = await lab.addressName();
      lab.attach(name, { kind: "handler", handler: answering(200, "{}") });
      await lab.arrange(name, { server: name });
      const transport = lab.transportFor(lab.name("hs1"));
      expect((await transport(name, get("/"))).status).to.equal(200);
      await lab.arrange(name, { certificate: { for: "elsewhere.test" } });
      const error = await lab
        .transportFor(lab.name("hs2"))(name, get("/"))
        .catch((cause: Error) => cause);
      expect(error).to.include({ code: "tls" });
    } finally {
      await lab.close();
    }
  });
});
