import { expect } from "chai";
import { alteredRequest, alteredResponse, concerns, standInAnswer } from "../../../src/lab/altering/messages.js";
import { get, put, text } from "../../support/in-process-lab.js";

const SEND = "/_matrix/federation/v1/send/1";
const PROFILE = "/_matrix/federation/v1/query/profile?user_id=%40paul%3Ab.test";

describe("lab/altering/messages", () => {
  it("means requests by endpoint, by a place in the body and by a text of the target", () => {
    const transaction = put(SEND, '{"pdus":[{"type":"m.room.message"}]}');
    const messages = { within: "/pdus/*", where: { type: "m.room.message" } };
    expect(concerns({ endpoints: ["send"] }, transaction)).to.equal(true);
    expect(concerns({ endpoints: ["send"], carrying: messages }, transaction)).to.equal(true);
    expect(concerns({ endpoints: ["send"], carrying: { within: "/edus/*" } }, transaction)).to.equal(false);
    expect(concerns({ endpoints: ["backfill", "query-profile"] }, transaction)).to.equal(false);
    expect(concerns({ endpoints: ["send"] }, get("/unknown"))).to.equal(false);
    expect(concerns({ endpoints: ["query-profile"], targetHolds: "@paul:b.test" }, get(PROFILE))).to.equal(true);
    expect(concerns({ endpoints: ["query-profile"], targetHolds: "@rosa:b.test" }, get(PROFILE))).to.equal(false);
  });

  it("alters body, target and headers of a request", () => {
    const body = { ...put(SEND, '{"a":1}'), headers: [["content-length", "7"] as const] };
    const longer = alteredRequest(body, { kind: "rewrite-request", changes: [{ at: "/a", set: 1000 }] });
    expect(text(longer?.body)).to.equal('{"a":1000}');
    expect(longer?.headers).to.deep.equal([["content-length", "10"]]);
    const exchange = { replace: "@paul:b.test", by: "@rosa:b.test" };
    const other = alteredRequest(get(PROFILE), { kind: "rewrite-request", changes: [], target: exchange });
    expect(other?.target).to.equal(PROFILE.replace("paul", "rosa"));
    const signed = get(PROFILE, [["AUTHORIZATION", "X-Matrix …"]]);
    const bare = alteredRequest(signed, { kind: "rewrite-request", changes: [], withoutHeader: "Authorization" });
    expect(bare?.headers).to.deep.equal([]);
  });

  it("alters nothing of what holds no such thing, or is no JSON", () => {
    const act = { kind: "rewrite-request", changes: [{ at: "/a", set: 2 }] } as const;
    expect(alteredRequest(put(SEND, '{"a":2}'), act)).to.equal(undefined);
    expect(alteredRequest(put(SEND, "no JSON"), act)).to.equal(undefined);
    const { body, ...rest } = standInAnswer({ status: 200, body: { a: 1 } });
    expect(alteredResponse({ ...rest, body }, [{ at: "/b" }])).to.equal(undefined);
    expect(text(alteredResponse({ ...rest, body }, [{ at: "/a" }])?.body)).to.equal("{}");
  });
});
