import { expect } from "chai";
import { ENDPOINTS, endpointsAt, matchEndpoint } from "../../src/schema/endpoints.js";
import { compileSchema } from "../../src/schema/schema-files.js";
import { endpointById } from "../support/endpoint-by-id.js";

const idOf = (method: string, target: string): string | undefined => matchEndpoint(method, target)?.endpoint.id;

describe("schema/endpoints", () => {
  it("holds the 36 operations, each once", () => {
    expect(ENDPOINTS).to.have.lengthOf(36);
    expect(new Set(ENDPOINTS.map(({ id }) => id)).size).to.equal(36);
    expect(new Set(ENDPOINTS.map(({ method, path }) => `${method} ${path}`)).size).to.equal(36);
  });

  it("knows what homeservers ask identity servers", () => {
    expect(idOf("GET", "/_matrix/identity/v2/pubkey/isvalid?public_key=x")).to.equal("identity-key-valid");
    expect(idOf("POST", "/_matrix/identity/v2/store-invite")).to.equal("identity-store-invite");
    expect(idOf("GET", "/_matrix/identity/v2/store-invite")).to.equal(undefined);
  });

  it("has schemas for all that exchange JSON", () => {
    for (const { id, method, request, response } of ENDPOINTS) {
      expect(request !== undefined, id).to.equal(method !== "GET");
      expect(response === undefined, id).to.equal(id.startsWith("media-"));
      for (const name of [request, response]) if (name !== undefined) compileSchema(name);
    }
  });

  it("knows which requests are signed and which ACLs protect", () => {
    const open = ENDPOINTS.filter(({ signed }) => !signed).map(({ id }) => id);
    expect(open).to.have.members([
      ...["well-known-server", "version", "server-keys", "notary-query-one", "notary-query-many"],
      ...["third-party-onbind", "openid-userinfo"],
    ]);
    const unprotected = [
      "send",
      "event",
      "timestamp-to-event",
      "hierarchy",
      "query-directory",
      "user-devices",
      "media-download",
    ];
    for (const id of unprotected) expect(endpointById(id).acl, id).to.equal(false);
    for (const id of ["make-join", "send-join", "backfill", "state-ids", "invite-v1"]) {
      expect(endpointById(id).acl, id).to.equal(true);
    }
  });

  it("finds every endpoint by its own path", () => {
    for (const { id, method, path } of ENDPOINTS) {
      expect(idOf(method, path.replace(/\{[^}]+\}/g, "a%2Fb")), id).to.equal(id);
    }
  });

  it("decodes parameters and the query", () => {
    const match = matchEndpoint("GET", "/_matrix/federation/v1/make_join/%21r%3Aone.test/%40a%3Atwo.test?ver=1&ver=2");
    expect(match?.params).to.deep.equal({ roomId: "!r:one.test", userId: "@a:two.test" });
    expect(match?.query.getAll("ver")).to.deep.equal(["1", "2"]);
    expect(matchEndpoint("GET", "/_matrix/federation/v1/event/%24a%2Fb+c")?.params.eventId).to.equal("$a/b+c");
  });

  it("prefers a literal path to one with parameters", () => {
    expect(idOf("GET", "/_matrix/federation/v1/query/profile?user_id=x")).to.equal("query-profile");
    expect(idOf("GET", "/_matrix/federation/v1/query/other")).to.equal("query");
  });

  it("tells a wrong method from an unknown path", () => {
    expect(matchEndpoint("DELETE", "/_matrix/federation/v1/send/1")).to.equal(undefined);
    expect(endpointsAt("/_matrix/federation/v1/send/1")).to.have.lengthOf(1);
    for (const path of [
      "/_matrix/federation/v9/send/1",
      "/_matrix/federation/v1/send/",
      "/_matrix/federation/v1/send",
      "/",
    ]) {
      expect(endpointsAt(path), path).to.deep.equal([]);
    }
  });

  it("finds nothing behind broken percent-encoding", () => {
    expect(endpointsAt("/_matrix/federation/v1/event/%zz")).to.deep.equal([]);
    expect(endpointsAt("/_matrix/federation/v1/event/%ff")).to.deep.equal([]);
  });

  it("recognises endpoints that were removed", () => {
    expect(idOf("PUT", "/_matrix/federation/v1/send_join/%21r/%24e")).to.equal("send-join-v1");
    expect(idOf("GET", "/_matrix/key/v2/server/ed25519:a")).to.equal("server-keys-by-id");
    expect(endpointById("send-join-v1").removed).to.equal("v1.18");
  });
});
