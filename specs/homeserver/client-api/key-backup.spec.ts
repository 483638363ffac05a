import { expect } from "chai";
import type { ClientUser } from "../../../src/client/client-user.js";
import { clientPath } from "../../../src/client/paths.js";
import { isBetterBackup } from "../../../src/homeserver/devices/backup-order.js";
import type { JsonObject, JsonValue } from "../../../src/matrix/json.js";
import { ServedFederation } from "../../support/users-of-homeservers.js";

const AUTH = { algorithm: "org.example.backup", auth_data: { public_key: "a" } };
const session = (index: number): JsonObject => ({
  first_message_index: index,
  forwarded_count: 0,
  is_verified: true,
  session_data: { ciphertext: `from ${index}` },
});

describe("backups of room keys", () => {
  let served: ServedFederation;
  let ann: ClientUser;
  const ask = async (method: string, parts: readonly string[], body?: JsonValue, query = "") => {
    const answer = await ann.request(method, `${clientPath("room_keys", ...parts)}${query}`, body);
    return { status: answer.status, body: (answer.body ?? {}) as JsonObject };
  };

  beforeEach(async () => {
    served = new ServedFederation();
    await served.server("one.test");
    ann = await served.user("ann:one.test");
  });

  afterEach(() => served.stop());

  it("are made, described, written, read at every depth, and erased", async () => {
    expect((await ask("GET", ["version"])).status).to.equal(404);
    const { body } = await ask("POST", ["version"], AUTH);
    const query = `?version=${String(body.version)}`;
    const written = await ask("PUT", ["keys", "!r:x", "s1"], session(5), query);
    expect(written.body).to.include({ count: 1 });
    expect((await ask("GET", ["keys"], undefined, query)).body).to.have.nested.property("rooms.!r:x.sessions.s1");
    expect((await ask("GET", ["keys", "!r:x"], undefined, query)).body).to.have.nested.property("sessions.s1");
    expect((await ask("GET", ["keys", "!r:x", "s1"], undefined, query)).body).to.deep.equal(session(5));
    expect((await ask("GET", ["keys", "!r:x", "s2"], undefined, query)).status).to.equal(404);
    const erased = await ask("DELETE", ["keys", "!r:x"], undefined, query);
    expect(erased.body).to.include({ count: 0 });
    expect(erased.body.etag).not.to.equal(written.body.etag);
  });

  it("take writes to the newest alone, and only better keys", async () => {
    await ask("POST", ["version"], AUTH);
    await ask("POST", ["version"], AUTH);
    const old = await ask("PUT", ["keys", "!r:x", "s1"], session(5), "?version=1");
    expect(old).to.deep.include({ status: 403 });
    expect(old.body).to.include({ errcode: "M_WRONG_ROOM_KEYS_VERSION", current_version: "2" });
    await ask("PUT", ["keys", "!r:x", "s1"], session(5), "?version=2");
    await ask("PUT", ["keys", "!r:x", "s1"], session(7), "?version=2");
    expect((await ask("GET", ["keys", "!r:x", "s1"], undefined, "?version=2")).body).to.deep.equal(session(5));
    expect((await ask("PUT", ["version", "2"], { ...AUTH, algorithm: "other" })).status).to.equal(400);
    expect((await ask("DELETE", ["version", "2"])).status).to.equal(200);
    expect((await ask("DELETE", ["version", "2"])).status).to.equal(200);
    expect((await ask("GET", ["keys"], undefined, "?version=2")).status).to.equal(404);
    expect((await ask("GET", ["version"])).body).to.include({ version: "1" });
  });

  it("take numbers that have no canonical form, as they take any", async () => {
    await ask("POST", ["version"], AUTH);
    const odd = { ...session(5), session_data: { weight: 1.5 } };
    const write = () => ask("PUT", ["keys", "!r:x", "s1"], odd, "?version=1");
    const first = await write();
    expect(await write())
      .to.deep.equal(first)
      .and.include({ status: 200 });
  });

  it("prefer verified keys, then earlier ones, then those that went through fewer hands", () => {
    const key = { is_verified: true, first_message_index: 3, forwarded_count: 2 };
    expect(isBetterBackup(key, { ...key, is_verified: false, first_message_index: 0 })).to.equal(true);
    expect(isBetterBackup({ ...key, first_message_index: 2, forwarded_count: 9 }, key)).to.equal(true);
    expect(isBetterBackup({ ...key, forwarded_count: 1 }, key)).to.equal(true);
    expect(isBetterBackup(key, key)).to.equal(false);
  });
});
