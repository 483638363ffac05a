import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { signingKey } from "../../src/matrix/keys.js";
import { parseXMatrix, signRequest, verifyRequest } from "../../src/matrix/x-matrix.js";
import { header } from "../../src/net/wire.js";
import { answering, bytes, get, put, type RecordingLab, recordingLab, text } from "../support/in-process-lab.js";

describe("lab/tap", () => {
  let recording: RecordingLab;

  beforeEach(async () => {
    recording = await recordingLab();
  });

  afterEach(() => recording.lab.close());

  it("takes a signed request from one server to another, unchanged and recorded", async () => {
    const { lab, records } = recording;
    const [one, two] = [lab.name("hs1"), lab.name("hs2")];
    const key = signingKey(new Uint8Array(32).fill(7), "1");
    lab.attach(two, {
      kind: "handler",
      handler: async (request) => {
        const x = parseXMatrix(header(request.headers, "authorization") ?? "");
        const said = { method: request.method, uri: request.target, origin: one, destination: two };
        const genuine = x !== undefined && verifyRequest(said, x, key.publicKey);
        return {
          status: genuine ? 200 : 401,
          headers: [
            ["X-Odd", "a"],
            ["x-odd", "b"],
          ],
          body: bytes('{"ok":1}'),
        };
      },
    });
    const uri = "/_matrix/federation/v1/query/profile?user_id=%40a%3Ab&field=displayname";
    const authorization = signRequest({ method: "GET", uri, origin: one, destination: two }, key);
    const answer = await lab.transportFor(one)(two, get(uri, [["Authorization", authorization]]));
    expect(answer.status).to.equal(200);
    expect(text(answer.body)).to.equal('{"ok":1}');
    expect(answer.headers.filter(([name]) => name.toLowerCase() === "x-odd")).to.deep.equal([
      ["X-Odd", "a"],
      ["x-odd", "b"],
    ]);
    expect(records).to.have.length(1);
    expect(records[0]).to.deep.include({ from: one, to: two, method: "GET", target: uri, status: 200 });
    expect(records[0]?.sni).to.equal(two.split(":")[0]);
    expect(header(records[0]?.requestHeaders ?? [], "host")).to.equal(two);
    expect(text(records[0]?.responseBody)).to.equal('{"ok":1}');
  });

  it("tells the senders of one listener apart", async () => {
    const { lab, records } = recording;
    const target = lab.name("hs1");
    lab.attach(target, { kind: "handler", handler: answering(200, "{}") });
    const senders = Array.from({ length: 40 }, () => lab.name("p"));
    await Promise.all(
      senders.map(async (sender) => {
        const transport = lab.transportFor(sender);
        for (let n = 0; n < 3; n += 1) await transport(target, put(`/from/${sender}`, "{}"));
      }),
    );
    expect(records).to.have.length(120);
    for (const record of records) expect(record.target).to.equal(`/from/${record.from}`);
  });

  it("serves hundreds of names, each with its own certificate", async () => {
    const { lab, records } = recording;
    const names = Array.from({ length: 200 }, (_, n) => lab.name(`p${n}`));
    for (const name of names) lab.attach(name, { kind: "handler", handler: answering(200, JSON.stringify({ name })) });
    const transport = lab.transportFor(lab.name("hs1"));
    const answers = await Promise.all(names.map((name) => transport(name, get("/"))));
    expect(answers.map((answer) => JSON.parse(text(answer.body)).name)).to.deep.equal(names);
    expect(new Set(records.map((record) => record.sni)).size).to.equal(200);
  });

  it("forwards over TLS and verifies the certificate behind the tap", async () => {
    const { lab, records } = recording;
    const [inner, stranger] = [lab.name("inner"), lab.name("stranger")];
    const server = await httpsServer(await lab.certificateFor(inner));
    try {
      lab.attach(inner, { kind: "tls", host: "127.0.0.1", port: server.port });
      lab.attach(stranger, { kind: "tls", host: "127.0.0.1", port: server.port });
      const transport = lab.transportFor(lab.name("hs1"));
      const answer = await transport(inner, get("/a?b=%2F", [["X-Mixed", "Case"]]));
      expect([answer.status, text(answer.body)]).to.deep.equal([202, "inner"]);
      const kept = answer.headers.filter(([name]) => name.toLowerCase() === "x-kept");
      expect(kept).to.deep.equal([
        ["X-Kept", "As-It-Is"],
        ["x-kept", "twice"],
      ]);
      expect(server.seen[0]).to.contain("X-Mixed|Case").and.to.contain(inner);
      const error = await transport(stranger, get("/")).catch((cause: Error) => cause);
      expect(error).to.have.property("code", "cut");
      expect(records.at(-1)?.status).to.equal(undefined);
      expect(records.at(-1)?.failure).to.match(/certificate/);
      expect(server.seen).to.have.length(1);
    } finally {
      await server.stop();
    }
  });

  it("repeats nothing for a scenario that is stopped", async () => {
    const { lab, records } = recording;
    const [one, two] = [lab.name("hs1"), lab.name("hs2")];
    lab.attach(two, { kind: "handler", handler: answering(200, "two") });
    const stopped = new Error("stopped");
    const replay = lab.replay({ from: one, to: two, request: put("/again", "{}") }, AbortSignal.abort(stopped));
    expect(await replay.catch((cause: unknown) => cause)).to.equal(stopped);
    expect(records).to.deep.equal([]);
  });

  it("cuts a partitioned path both ways, also under way, and mends it", async () => {
    const { lab, records } = recording;
    const [one, two] = [lab.name("hs1"), lab.name("hs2")];
    let arrived = 0;
    let arrive: () => void = () => undefined;
    const arrival = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    lab.attach(one, { kind: "handler", handler: answering(200, "one") });
    lab.attach(two, {
      kind: "handler",
      handler: async (request) => {
        arrived += 1;
        if (request.target !== "/slow") return { status: 200, headers: [], body: bytes("two") };
        arrive();
        return new Promise(() => undefined);
      },
    });
    const slow = lab
      .transportFor(one)(two, get("/slow"))
      .catch((cause: Error) => cause);
    await arrival;
    lab.partition(two, one);
    expect(await slow).to.have.property("code", "cut");
    expect(
      await lab
        .transportFor(one)(two, get("/"))
        .catch((cause: Error) => cause),
    ).to.have.property("code", "cut");
    expect(
      await lab
        .transportFor(two)(one, get("/"))
        .catch((cause: Error) => cause),
    ).to.have.property("code", "cut");
    expect(arrived).to.equal(1);
    expect(records.map((record) => record.interference)).to.deep.equal(["partition", "partition", "partition"]);
    lab.heal(one, two);
    expect((await lab.transportFor(one)(two, get("/"))).status).to.equal(200);
  });

  it("cuts the connection when a server throws instead of answering", async () => {
    const { lab, records } = recording;
    const name = lab.name("p1");
    lab.attach(name, { kind: "handler", handler: () => Promise.reject(new Error("hung up on purpose")) });
    const error = await lab
      .transportFor(lab.name("hs1"))(name, get("/"))
      .catch((cause: Error) => cause);
    expect(error).to.have.property("code", "cut");
    expect(records[0]).to.include({ failure: "hung up on purpose", to: name });
  });

  it("answers 404 for a name behind which there is no server, and says so", async () => {
    const { lab, records, notes } = recording;
    const name = lab.name("nobody");
    const answer = await lab.transportFor(lab.name("hs1"))(name, get("/"));
    expect(answer.status).to.equal(404);
    expect(records[0]?.interference).to.equal("no such server");
    expect(notes.map((note) => note.about)).to.include("unknown-server");
  });

  it("lets no request out to a name that is not of the lab", async () => {
    const { lab, records, notes } = recording;
    const one = lab.name("hs1");
    const error = await lab
      .transportFor(one)("example.org", get("/"))
      .catch((cause: Error) => cause);
    expect(error).to.have.property("code", "unknown-name");
    expect(records).to.have.length(0);
    expect(notes).to.deep.include({ about: "unresolved", data: { from: one, name: "example.org" } });
  });

  it("passes odd answers on as they are: status, empty bodies, HEAD, wrong length", async () => {
    const { lab } = recording;
    const name = lab.name("p1");
    let next = answering(599, "");
    lab.attach(name, { kind: "handler", handler: (request) => next(request) });
    const transport = lab.transportFor(lab.name("hs1"));
    expect((await transport(name, get("/"))).status).to.equal(599);
    next = answering(200, "", [["Content-Length", "12"]]);
    const head = await transport(name, { ...get("/"), method: "HEAD" });
    expect([head.status, header(head.headers, "content-length"), head.body.length]).to.deep.equal([200, "12", 0]);
    next = answering(200, "short", [["Content-Length", "50"]]);
    expect(await transport(name, get("/")).catch((cause: Error) => cause)).to.be.instanceOf(Error);
    next = answering(200, "fine");
    expect(text((await transport(name, get("/"))).body)).to.equal("fine");
  });
});

describe("lab/tap limits", () => {
  it("refuses a request body beyond the limit and an answer beyond it", async () => {
    const { lab, records } = await recordingLab("dns", { maxBodyBytes: 1000 });
    try {
      const name = lab.name("p1");
      lab.attach(name, { kind: "handler", handler: answering(200, "x".repeat(2000)) });
      const transport = lab.transportFor(lab.name("hs1"));
      const long = await transport(name, get("/")).catch((cause: Error) => cause);
      expect(long).to.have.property("code", "too-large");
      await transport(name, put("/", "y".repeat(2000))).catch((cause: Error) => cause);
      expect(records[1]?.interference).to.equal("request longer than the lab allows");
    } finally {
      await lab.close();
    }
  });

  it("gives up on a server that never answers", async () => {
    const { lab, records } = await recordingLab("dns", { timeoutMs: 150 });
    const name = lab.name("p1");
    lab.attach(name, { kind: "handler", handler: () => new Promise(() => undefined) });
    const error = await lab
      .transportFor(lab.name("hs1"))(name, get("/"))
      .catch((cause: Error) => cause);
    expect(error).to.have.property("code", "cut");
    await lab.close();
    expect(records[0]?.failure).to.equal("no full answer in 150 ms");
  });
});

/** A server of its own behind the tap, as a container would be. */
async function httpsServer(pem: { readonly certificate: string; readonly key: string }) {
  const seen: string[] = [];
  const server = createServer({ cert: pem.certificate, key: pem.key }, (request, response) => {
    seen.push(request.rawHeaders.join("|"));
    response.writeHead(202, ["X-Kept", "As-It-Is", "x-kept", "twice"]);
    response.end("inner");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, seen, stop };
}
