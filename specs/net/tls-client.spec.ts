import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { CertificateAuthority } from "../../src/lab/ca.js";
import { DEFAULT_LIMITS, type NetLimits } from "../../src/net/limits.js";
import { TlsClient } from "../../src/net/tls-client.js";
import { header, type WireRequest } from "../../src/net/wire.js";

describe("net/tls-client", () => {
  let ca: CertificateAuthority;
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let connections: number;
  let client: TlsClient;

  before(async () => {
    ca = await CertificateAuthority.create("spec");
    const { certificate, key } = await ca.certificateFor("hs1.test");
    server = createServer({ cert: certificate, key }, (request, response) => answer(request, response));
    server.on("secureConnection", () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  beforeEach(() => {
    server.keepAliveTimeout = 5000;
    connections = 0;
    answer = (_, response) => response.end("ok");
    client = clientOf();
  });

  afterEach(() => client.close());

  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  function clientOf(limits: Partial<NetLimits> = {}, idleMs?: number): TlsClient {
    const { port } = server.address() as AddressInfo;
    return new TlsClient({
      route: (name) => ({ host: "127.0.0.1", port, servername: name.split(":")[0] ?? "", ca: ca.pem }),
      limits: { ...DEFAULT_LIMITS, ...limits },
      ...(idleMs === undefined ? {} : { idleMs }),
    });
  }

  it("sends Host and headers as given, and keeps the connection", async () => {
    const seen: string[][] = [];
    answer = (request, response) => {
      seen.push(request.rawHeaders);
      response.end();
    };
    for (let n = 0; n < 5; n += 1)
      await client.send(
        "hs1.test:8448",
        get("/", [
          ["X-Two", "1"],
          ["x-two", "2"],
        ]),
      );
    // A second one where a request was made before the first connection was known to be free again.
    expect(connections).to.be.at.most(2);
    expect(seen[0]?.join("|")).to.contain("hs1.test:8448").and.to.contain("X-Two|1|x-two|2");
  });

  it("ends a connection that nobody uses, however long the server would keep it", async () => {
    server.keepAliveTimeout = 600_000;
    const ended = new Promise<void>((resolve) => {
      server.once("secureConnection", (socket) => socket.once("close", () => resolve()));
    });
    const impatient = clientOf({}, 50);
    await impatient.send("hs1.test", get("/"));
    await ended;
    await impatient.send("hs1.test", get("/"));
    expect(connections).to.equal(2);
    await impatient.close();
  });

  it("leaves redirects and encodings to the caller", async () => {
    answer = (_, response) => response.writeHead(302, { Location: "https://hs1.test/elsewhere" }).end();
    expect((await client.send("hs1.test", get("/"))).status).to.equal(302);
    const packed = gzipSync("packed");
    answer = (_, response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end(packed);
    const answered = await client.send("hs1.test", get("/"));
    expect(Buffer.from(answered.body).equals(packed)).to.equal(true);
    expect(header(answered.headers, "content-encoding")).to.equal("gzip");
  });

  it("refuses a certificate for another name", async () => {
    const error = await failure(client.send("hs2.test", get("/")));
    expect(error).to.include({ name: "NetError", code: "tls" });
    expect(error.message).to.contain("hs2.test");
  });

  it("sends an empty body as one, and bodies byte for byte", async () => {
    answer = (request, response) => {
      response.setHeader("X-Length", request.headers["content-length"] ?? "none");
      request.pipe(response);
    };
    const bytes = Uint8Array.from({ length: 300 }, (_, n) => n % 256);
    const echoed = await client.send("hs1.test", { ...get("/"), method: "PUT", body: bytes });
    expect([...echoed.body]).to.deep.equal([...bytes]);
    const empty = await client.send("hs1.test", { ...get("/"), method: "POST" });
    expect(header(empty.headers, "x-length")).to.equal("0");
    expect(header((await client.send("hs1.test", get("/"))).headers, "x-length")).to.equal("none");
  });

  it("stops at its limits", async () => {
    const narrow = clientOf({ maxBodyBytes: 100, maxHeaderBytes: 4096, timeoutMs: 200 });
    answer = (_, response) => response.end("x".repeat(101));
    expect(await failure(narrow.send("hs1.test", get("/")))).to.have.property("code", "too-large");
    answer = (_, response) => response.writeHead(200, { "X-Long": "x".repeat(8192) }).end();
    expect(await failure(narrow.send("hs1.test", get("/")))).to.have.property("code", "too-large");
    answer = (_, response) => response.write("a trickle that never ends");
    expect(await failure(narrow.send("hs1.test", get("/")))).to.have.property("code", "timeout");
    await narrow.close();
  });

  it("gives up with its caller", async () => {
    const caller = new AbortController();
    answer = () => caller.abort();
    const error = await failure(client.send("hs1.test", { ...get("/"), signal: caller.signal }));
    expect(error).to.have.property("code", "aborted");
  });

  it("ends once its requests are answered, and takes no further ones", async () => {
    const closed = new Promise<void>((resolve) => {
      server.once("secureConnection", (socket) => socket.once("close", () => resolve()));
    });
    const asked = new Promise<() => void>((resolve) => {
      answer = (_, response) => resolve(() => response.end("at last"));
    });
    const sent = client.send("hs1.test", get("/"));
    const respond = await asked;
    const ended = client.end();
    expect(await failure(client.send("hs1.test", get("/")))).to.have.property("code", "aborted");
    respond();
    expect(Buffer.from((await sent).body).toString()).to.equal("at last");
    await Promise.all([ended, closed]);
  });

  it("can be closed while it is ending", async () => {
    const asked = new Promise<void>((resolve) => {
      answer = () => resolve();
    });
    const sent = failure(client.send("hs1.test", get("/")));
    await asked;
    const ended = client.end();
    await client.close();
    expect(await sent).to.have.property("name", "NetError");
    await ended;
  });

  it("says when nobody listens, and when the connection is cut", async () => {
    const nobody = new TlsClient({ route: () => ({ host: "127.0.0.1", port: 1, ca: ca.pem }) });
    expect(await failure(nobody.send("hs1.test", get("/")))).to.have.property("code", "connect");
    await nobody.close();
    answer = (request) => request.socket.destroy();
    expect(await failure(client.send("hs1.test", get("/")))).to.have.property("code", "cut");
  });
});

function get(target: string, headers: WireRequest["headers"] = []): WireRequest {
  return { method: "GET", target, headers, body: new Uint8Array() };
}

function failure(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => new Error("an answer came"),
    (error: Error) => error,
  );
}
