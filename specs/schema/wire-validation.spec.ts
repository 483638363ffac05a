import { expect } from "chai";
import { ENDPOINTS, matchEndpoint } from "../../src/schema/endpoints.js";
import { queryProblems } from "../../src/schema/query-validation.js";
import {
  eduContentProblems,
  eduProblems,
  errorProblems,
  requestProblems,
  responseProblems,
} from "../../src/schema/wire-validation.js";
import { endpointById } from "../support/endpoint-by-id.js";
import { PDU, REQUESTS, RESPONSES, ROOM } from "../support/wire-bodies.js";

const send = endpointById("send");
const withPdu = (pdu: object) => ({ origin: "one.test", origin_server_ts: 1, pdus: [{ ...PDU, ...pdu }] });
const version = (id: string) => ({ roomVersion: (roomId: string) => (roomId === ROOM ? id : undefined) });

describe("schema/wire-validation", () => {
  it("takes a right request and answer of every endpoint", () => {
    for (const endpoint of ENDPOINTS) {
      expect(requestProblems(endpoint, REQUESTS[endpoint.id]), endpoint.id).to.deep.equal([]);
      if (endpoint.response !== undefined) {
        expect(responseProblems(endpoint, 200, RESPONSES[endpoint.id]), endpoint.id).to.deep.equal([]);
      }
    }
  });

  it("says where what is wrong, once", () => {
    expect(requestProblems(send, withPdu({ depth: "5" }))).to.deep.equal(["/pdus/0/depth must be integer"]);
    expect(responseProblems(endpointById("invite-v1"), 200, [200, { event: {} }])).to.include(
      '/1/event must have the property "type"',
    );
  });

  it("wants JSON where JSON is due", () => {
    expect(requestProblems(send, undefined)).to.deep.equal(["(the whole) must be JSON"]);
    expect(responseProblems(send, 200, undefined)).to.deep.equal(["(the whole) must be JSON"]);
    expect(requestProblems(endpointById("version"), undefined)).to.deep.equal([]);
    expect(responseProblems(endpointById("media-download"), 200, undefined)).to.deep.equal([]);
  });

  it("measures PDUs by the version of their room where it is known", () => {
    const deep = withPdu({ depth: 2 ** 60 });
    expect(requestProblems(send, deep, version("5"))).to.deep.equal([]);
    expect(requestProblems(send, deep, version("6"))).not.to.be.empty;
    expect(requestProblems(send, deep)).to.deep.equal([]);
  });

  it("looks past PDUs that it is told to look past", () => {
    const context = { looksInto: ({ sender }: { sender?: unknown }) => sender !== PDU.sender };
    expect(requestProblems(send, withPdu({ depth: "5" }), context)).to.deep.equal([]);
  });

  it("lets old events with many references pass in a backfill only", () => {
    const answer = withPdu({ prev_events: Array(25).fill("$a"), auth_events: Array(12).fill("$a") });
    expect(responseProblems(endpointById("backfill"), 200, answer)).to.deep.equal([]);
    expect(responseProblems(endpointById("event"), 200, answer)).to.have.lengthOf(2);
  });

  it("measures errors by the standard error object", () => {
    expect(responseProblems(send, 403, { errcode: "M_FORBIDDEN", error: "" })).to.deep.equal([]);
    expect(responseProblems(send, 403, { errcode: "M_FORBIDDEN" })).to.deep.equal([
      '(the whole) must have the property "error"',
    ]);
    expect(responseProblems(endpointById("well-known-server"), 404, undefined)).to.deep.equal([]);
    expect(errorProblems({ errcode: "M_INCOMPATIBLE_ROOM_VERSION", error: "" })).to.include(
      '(the whole) must have the property "room_version"',
    );
  });

  it("says nothing of answers that are neither 200 nor errors", () => {
    expect(responseProblems(send, 302, undefined)).to.deep.equal([]);
  });

  it("measures EDUs of known types alone by their contents", () => {
    expect(eduProblems({ edu_type: "m.typing", content: {} })).to.have.lengthOf(3);
    expect(eduProblems({ edu_type: "test.any", content: {} })).to.deep.equal([]);
    expect(eduProblems("nothing")).not.to.be.empty;
    const body = { ...withPdu({}), edus: [{ edu_type: "m.typing", content: {} }] };
    expect(eduContentProblems("m.typing", body)).to.include('/edus/0/content must have the property "room_id"');
    expect(eduContentProblems("m.receipt", body)).to.deep.equal([]);
    expect(requestProblems(send, body)).to.deep.equal([]);
  });
});

describe("schema/query-validation", () => {
  const problems = (target: string) => {
    const match = matchEndpoint("GET", `/_matrix/federation/v1/${target}`);
    return match === undefined ? ["no such endpoint"] : queryProblems(match);
  };

  it("takes right queries, with unknown parameters", () => {
    for (const target of [
      "backfill/r?v=%24a&v=%24b&limit=10",
      "publicRooms",
      "hierarchy/r?suggested_only=true&org.test.x=1",
    ]) {
      expect(problems(target), target).to.deep.equal([]);
    }
  });

  it("misses what is required, and refuses other types and repetitions", () => {
    expect(problems("backfill/r?limit=ten")).to.deep.equal([
      "the query must have v",
      "the query has limit=ten, not of type integer",
    ]);
    expect(problems("timestamp_to_event/r?ts=1&dir=x")).to.deep.equal(["the query has dir=x, not of type direction"]);
    expect(problems("state/r?event_id=a&event_id=b")).to.deep.equal(["the query has event_id 2 times"]);
  });
});
