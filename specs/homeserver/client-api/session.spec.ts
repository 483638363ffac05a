import { expect } from "chai";
import { request } from "undici";
import type { ClientUser } from "../../../src/client/client-user.js";
import { clientPath } from "../../../src/client/paths.js";
import { PASSWORD, ServedFederation } from "../../support/users-of-homeservers.js";

describe("client API: sessions and errors", () => {
  let served: ServedFederation;
  let ann: ClientUser;

  beforeEach(async () => {
    served = new ServedFederation();
    await served.server("one.test");
    ann = await served.user("ann:one.test");
  });

  afterEach(() => served.stop());

  /** Without a client's help: any bytes, no token unless given. */
  async function raw(method: string, path: string, body?: string, token?: string) {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await request(`${served.url("one.test")}${path}`, {
      method: method as "GET",
      headers,
      body: body ?? null,
    });
    return { status: answer.statusCode, body: (await answer.body.json()) as { errcode?: string; flows?: unknown } };
  }

  it("asks for the dummy stage before it registers", async () => {
    const path = clientPath("register");
    const asked = await raw("POST", path, JSON.stringify({ username: "bob", password: "x" }));
    expect(asked.status).to.equal(401);
    expect(asked.body.flows).to.deep.equal([{ stages: ["m.login.dummy"] }]);
    const unknown = JSON.stringify({
      username: "bob",
      password: "x",
      auth: { type: "m.login.dummy", session: "made up" },
    });
    expect((await raw("POST", path, unknown)).status).to.equal(401);
  });

  it("refuses a taken and an impossible user name", async () => {
    const taken = await raw("POST", clientPath("register"), JSON.stringify({ username: "ann", password: "x" }));
    expect(taken).to.nested.include({ status: 400, "body.errcode": "M_USER_IN_USE" });
    const impossible = await raw("POST", clientPath("register"), JSON.stringify({ username: "A nn", password: "x" }));
    expect(impossible).to.nested.include({ status: 400, "body.errcode": "M_INVALID_USERNAME" });
  });

  it("logs in with the right password only, each time on a device of its own", async () => {
    const again = await served.login("ann:one.test");
    expect(again.deviceId).to.not.equal(ann.deviceId);
    const wrong = { type: "m.login.password", identifier: { type: "m.id.user", user: "ann" }, password: "wrong" };
    expect(await raw("POST", clientPath("login"), JSON.stringify(wrong))).to.nested.include({
      status: 403,
      "body.errcode": "M_FORBIDDEN",
    });
    expect(await again.expectObject("GET", clientPath("account", "whoami"))).to.deep.equal({
      user_id: "@ann:one.test",
      device_id: again.deviceId,
      is_guest: false,
    });
  });

  it("ends the token and the device at logout", async () => {
    const second = await served.login("ann:one.test");
    await second.expectObject("POST", clientPath("logout"), {});
    const after = await second.request("GET", clientPath("account", "whoami"));
    expect(after).to.nested.include({ status: 401, "body.errcode": "M_UNKNOWN_TOKEN" });
    const { devices } = await ann.expectObject("GET", clientPath("devices"));
    expect(devices).to.deep.equal([{ device_id: ann.deviceId }]);
  });

  it("deletes a device only with the password", async () => {
    const second = await served.login("ann:one.test");
    const path = clientPath("devices", second.deviceId);
    expect((await ann.request("DELETE", path)).status).to.equal(401);
    const identifier = { type: "m.id.user", user: "ann" };
    const auth = { type: "m.login.password", identifier, password: "wrong" };
    expect((await ann.request("DELETE", path, { auth })).status).to.equal(401);
    expect((await ann.request("DELETE", path, { auth: { ...auth, password: PASSWORD } })).status).to.equal(200);
    expect((await second.request("GET", clientPath("account", "whoami"))).status).to.equal(401);
  });

  for (const [what, method, path, body, status, errcode] of [
    ["no token", "GET", clientPath("sync"), undefined, 401, "M_MISSING_TOKEN"],
    ["an unknown endpoint", "GET", "/_matrix/client/v3/nothing", undefined, 404, "M_UNRECOGNIZED"],
    ["a wrong method", "DELETE", clientPath("sync"), undefined, 405, "M_UNRECOGNIZED"],
    ["a body that is not JSON", "POST", clientPath("login"), "{", 400, "M_NOT_JSON"],
    ["a body that is no object", "POST", clientPath("login"), "[]", 400, "M_BAD_JSON"],
    ["a missing parameter", "POST", clientPath("login"), "{}", 400, "M_MISSING_PARAM"],
  ] as const) {
    it(`answers ${what} with ${status} ${errcode}`, async () => {
      expect(await raw(method, path, body)).to.nested.include({ status, "body.errcode": errcode });
    });
  }

  it("names its versions and the room versions it offers", async () => {
    expect((await raw("GET", "/_matrix/client/versions")).body)
      .to.have.property("versions")
      .that.includes("v1.11");
    const { capabilities } = await ann.expectObject("GET", clientPath("capabilities"));
    expect(capabilities).to.have.nested.property("m\\.room_versions.available.12", "stable");
  });
});
