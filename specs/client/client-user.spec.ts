import { createHmac } from "node:crypto";
import { expect } from "chai";
import { ClientConnectionError, ClientError } from "../../src/client/client-error.js";
import { type ClientUser, registerUser } from "../../src/client/client-user.js";
import { Connection } from "../../src/client/connection.js";
import { clientPath } from "../../src/client/paths.js";
import type { ClientExchange } from "../../src/client/recorder.js";
import { type HttpListener, listenHttp } from "../../src/net/listen.js";
import type { WireHandler } from "../../src/net/wire.js";
import { roomIn } from "../support/room-in.js";
import { deadline, PASSWORD, ServedFederation } from "../support/users-of-homeservers.js";

const json = (status: number, body: unknown) => ({
  status,
  headers: [["Content-Type", "application/json"]] as const,
  body: new TextEncoder().encode(JSON.stringify(body)),
});

describe("ClientUser", () => {
  let served: ServedFederation;
  let listeners: HttpListener[];
  let recorded: ClientExchange[];
  const recorder = { record: (exchange: ClientExchange) => `x${recorded.push(exchange)}` };

  beforeEach(async () => {
    served = new ServedFederation();
    listeners = [];
    recorded = [];
    await served.server("one.test");
  });

  afterEach(async () => {
    await served.stop();
    for (const listener of listeners) await listener.close();
  });

  const listen = async (handler: WireHandler): Promise<string> => {
    const listener = await listenHttp(handler, { host: "127.0.0.1", port: 0 });
    listeners.push(listener);
    return listener.url;
  };

  it("registers openly and logs in where users are given", async () => {
    const ann = await served.user("ann:one.test");
    expect(ann).to.include({ userId: "@ann:one.test" });
    const users = [{ localpart: "ann", password: PASSWORD }];
    const again = await served.user("ann:one.test", { register: "given", users });
    expect(again).to.include({ userId: "@ann:one.test" });
    expect(again.accessToken).to.not.equal(ann.accessToken);
  });

  it("registers with a shared secret: the nonce, the user and the password under HMAC-SHA1", async () => {
    const bodies: unknown[] = [];
    const baseUrl = await listen(async ({ method, target, body }) => {
      if (target !== "/_synapse/admin/v1/register") return json(404, { errcode: "M_UNRECOGNIZED" });
      if (method === "GET") return json(200, { nonce: "n0" });
      bodies.push(JSON.parse(new TextDecoder().decode(body)));
      return json(200, { user_id: "@ann:x", device_id: "D", access_token: "T", home_server: "x" });
    });
    const accounts = { register: "shared-secret", path: "/_synapse/admin/v1/register", secret: "s3" } as const;
    const user = await registerUser({
      baseUrl,
      accounts,
      localpart: "ann",
      password: "pw",
      signal: deadline(),
      recorder,
    });
    expect(user).to.include({ userId: "@ann:x", deviceId: "D", accessToken: "T" });
    const mac = createHmac("sha1", "s3").update("n0\0ann\0pw\0notadmin").digest("hex");
    expect(bodies).to.deep.equal([{ nonce: "n0", username: "ann", password: "pw", admin: false, mac }]);
  });

  it("rejects with the server's refusal when there is no way to register", async () => {
    const baseUrl = await listen(async () => json(403, { errcode: "M_FORBIDDEN", error: "closed" }));
    const attempt = registerUser({
      baseUrl,
      accounts: { register: "open" },
      localpart: "a",
      password: "p",
      signal: deadline(),
      recorder,
    });
    const error: unknown = await attempt.catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(ClientError).and.include({ status: 403, errcode: "M_FORBIDDEN", exchangeId: "x1" });
  });

  it("rejects with what was answered when a success lacks what it must hold", async () => {
    const credentials = { user_id: "@ann:x", device_id: "D", access_token: "T" };
    const baseUrl = await listen(async ({ target }) => json(200, target.endsWith("/register") ? credentials : {}));
    const accounts = { register: "open" } as const;
    const signal = deadline();
    const ann = await registerUser({ baseUrl, accounts, localpart: "ann", password: "pw", signal, recorder });
    const asked = [ann.createRoom(), ann.join("!r"), ann.send("!r", "t", {}), ann.sendState("!r", "t", "", {})];
    for (const attempt of [...asked, ann.redact("!r", "$e")]) {
      const error: unknown = await attempt.catch((caught: unknown) => caught);
      expect(error).to.be.instanceOf(ClientError).and.include({ status: 200 });
    }
    const refused = await ann.createRoom().catch((caught: unknown) => caught);
    expect(refused).to.have.property("message", 'POST /_matrix/client/v3/createRoom without "room_id": HTTP 200');
  });

  it("reports every exchange: whose, to whom, and all bytes both ways", async () => {
    const ann = await served.user("ann:one.test");
    const answer = await ann.request("GET", clientPath("account", "whoami"));
    const last = served.exchanges.at(-1);
    expect(answer.exchangeId).to.equal(`x${served.exchanges.length}`);
    expect(last).to.include({
      from: "@ann:one.test",
      to: "one.test",
      method: "GET",
      target: "/_matrix/client/v3/account/whoami",
      status: 200,
    });
    expect(last?.requestHeaders).to.deep.include(["Authorization", `Bearer ${ann.accessToken}`]);
    expect(last?.responseHeaders).to.deep.include(["Content-Type", "application/json"]);
    expect(JSON.parse(new TextDecoder().decode(last?.responseBody))).to.deep.equal(answer.body);
    expect(served.exchanges[0]).to.include({ from: "anonymous" });
  });

  it("gives up on answers that are too large, too slow or cut off, and reports those exchanges too", async () => {
    const baseUrl = await listen(async ({ target, signal }) => {
      if (target === "/large") return json(200, "x".repeat(100));
      return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    });
    const connection = new Connection({ baseUrl, recorder, maxBodyBytes: 50 });
    for (const [path, options] of [
      ["/large", {}],
      ["/slow", { timeoutMs: 20 }],
    ] as const) {
      const error: unknown = await connection
        .send({}, "GET", path, undefined, options)
        .catch((caught: unknown) => caught);
      expect(error).to.be.instanceOf(ClientConnectionError);
    }
    expect(recorded.map(({ target, failure }) => [target, typeof failure])).to.deep.equal([
      ["/large", "string"],
      ["/slow", "string"],
    ]);
    const reason = new Error("enough");
    const aborted: unknown = await connection
      .send({}, "GET", "/slow", undefined, { signal: AbortSignal.abort(reason) })
      .catch((caught: unknown) => caught);
    expect(aborted).to.equal(reason);
  });

  describe("waiting in sync", () => {
    let ann: ClientUser;

    beforeEach(async () => {
      ann = await served.user("ann:one.test");
    });

    const joined = (roomId: string) => (batch: Parameters<typeof roomIn>[0]) =>
      roomIn(batch, "join", roomId) !== undefined;

    it("finds what an earlier wait has already received", async () => {
      const first = await ann.createRoom();
      const second = await ann.createRoom();
      await ann.waitForSync(joined(second), deadline());
      const polls = ann.seen.length;
      await ann.waitForSync(joined(first), deadline());
      expect(ann.seen).to.have.length(polls);
    });

    it("shares one poll between waits at the same time, and one's end does not disturb the other", async () => {
      await ann.syncNext(deadline());
      const syncs = () => served.exchanges.filter(({ target }) => target.startsWith(clientPath("sync"))).length;
      const before = syncs();
      const impatient = ann.waitForSync(() => false, deadline(30)).catch((error: unknown) => error);
      const patient = ann.waitForSync((batch) => Object.keys(batch.body.rooms as object).length > 0, deadline(), 1);
      expect(await impatient).to.have.property("name", "TimeoutError");
      await ann.createRoom();
      await patient;
      expect(syncs() - before).to.equal(1);
    });

    it("rejects with the signal's reason when nothing comes, and loses nothing by it", async () => {
      await ann.syncNext(deadline());
      const failed: unknown = await ann.waitForSync(() => false, deadline(20), 1).catch((error: unknown) => error);
      expect(failed).to.have.property("name", "TimeoutError");
      const roomId = await ann.createRoom();
      await ann.waitForSync(joined(roomId), deadline());
    });
  });
});
