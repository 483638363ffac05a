import { ONE, PEER, specExchange, TWO } from "../../support/exchanges.js";
import { describePassive } from "../../support/passive-case.js";

const POST = { method: "POST", target: "/_matrix/federation/v1/user/keys/query" };
const STATE = "/_matrix/federation/v1/state_ids/%21r%3Aone.test?event_id=%24e";
const NO = { errcode: "M_FORBIDDEN", error: "no" };
const UNRECOGNISED = { errcode: "M_UNRECOGNIZED", error: "no" };
const body = { device_keys: {} };

describePassive("checks/passive/http-checks", [
  {
    check: "request-body-is-object",
    holds: [specExchange({ ...POST, body }), specExchange({ ...POST, body: {} })],
    fails: [specExchange({ ...POST, body: [] }), specExchange(POST), specExchange({ ...POST, rawBody: "{" })],
    ignores: [specExchange({ target: STATE })],
  },
  {
    check: "request-content-type",
    holds: [
      specExchange({ ...POST, body }),
      specExchange({ ...POST, body, headers: [["content-type", "Application/JSON; charset=utf-8"]] }),
    ],
    fails: [
      specExchange({ ...POST, body, headers: [["content-type", "text/plain"]] }),
      specExchange({ ...POST, rawBody: "{}" }),
    ],
    ignores: [specExchange({ target: STATE })],
  },
  {
    check: "response-content-type",
    holds: [specExchange({ target: STATE, answer: {} }), specExchange({ target: STATE, status: 403, answer: NO })],
    fails: [
      specExchange({ target: STATE, answer: {}, answerHeaders: [] }),
      specExchange({ target: STATE, status: 403, answer: NO, answerHeaders: [["Content-Type", "text/html"]] }),
    ],
    ignores: [specExchange({ target: "/.well-known/matrix/server", answer: { "m.server": "a" }, answerHeaders: [] })],
  },
  {
    check: "error-object",
    holds: [
      specExchange({ target: STATE, status: 403, answer: NO }),
      specExchange({ target: STATE, status: 500, answer: NO }),
    ],
    fails: [
      specExchange({ target: STATE, status: 403, answer: { errcode: "M_FORBIDDEN" } }),
      specExchange({ target: STATE, status: 404, rawAnswer: "<h1>not here</h1>" }),
      specExchange({ target: STATE, status: 400, answer: { errcode: "M_INCOMPATIBLE_ROOM_VERSION", error: "no" } }),
    ],
    ignores: [
      specExchange({ target: STATE, answer: {} }),
      specExchange({ target: STATE, status: 502, rawAnswer: "Bad Gateway" }),
      specExchange({ target: "/.well-known/matrix/server", status: 404, rawAnswer: "<h1>not here</h1>" }),
    ],
  },
  {
    check: "unknown-endpoint",
    holds: [specExchange({ target: "/_matrix/federation/v99/nonsense", status: 404, answer: UNRECOGNISED })],
    fails: [
      specExchange({
        target: "/_matrix/federation/v1/nonsense",
        status: 404,
        answer: { errcode: "M_NOT_FOUND", error: "" },
      }),
      specExchange({ target: "/_matrix/federation/v1/nonsense", status: 400, answer: UNRECOGNISED }),
    ],
    unknown: [specExchange({ target: "/_matrix/federation/v1/nonsense", status: 401, answer: NO })],
    ignores: [
      specExchange({ target: STATE, status: 404, answer: NO }),
      specExchange({ target: "/_matrix/federation/unstable/org.test/x", status: 404, answer: NO }),
    ],
  },
  {
    check: "wrong-method",
    holds: [
      specExchange({ method: "DELETE", target: "/_matrix/federation/v1/send/1", status: 405, answer: UNRECOGNISED }),
    ],
    fails: [
      specExchange({ method: "DELETE", target: "/_matrix/federation/v1/send/1", status: 404, answer: UNRECOGNISED }),
      specExchange({ method: "POST", target: "/_matrix/federation/v1/version", status: 405, answer: NO }),
    ],
    unknown: [specExchange({ method: "DELETE", target: "/_matrix/federation/v1/send/1", status: 401, answer: NO })],
    ignores: [
      specExchange({ target: STATE, status: 405, answer: NO }),
      specExchange({ method: "PUT", target: "/_matrix/policy/v1/sign", status: 404, answer: UNRECOGNISED }),
    ],
  },
]);

const address = { name: "127.0.0.5:8448", key: PEER.key };
const portless = { name: "peer.test", key: PEER.key };
const VERSION = { target: "/_matrix/federation/v1/version", from: ONE };

describePassive("checks/passive/connection-checks", [
  {
    check: "sni-names-host",
    holds: [specExchange({ ...VERSION, to: TWO, sni: "two.test" })],
    fails: [specExchange({ ...VERSION, to: TWO, sni: "one.test" })],
    ignores: [specExchange({ ...VERSION, to: TWO }), specExchange({ ...VERSION, to: portless, sni: "elsewhere.test" })],
  },
  {
    check: "no-sni-for-address",
    holds: [specExchange({ ...VERSION, to: address })],
    fails: [specExchange({ ...VERSION, to: address, sni: "127.0.0.5" })],
    ignores: [specExchange({ ...VERSION, to: TWO, sni: "two.test" })],
  },
  {
    check: "host-header",
    holds: [specExchange({ ...VERSION, to: TWO })],
    fails: [specExchange({ ...VERSION, to: TWO, headers: [["Host", "two.test"]] })],
    ignores: [specExchange({ ...VERSION, to: portless, headers: [["Host", "elsewhere.test"]] })],
  },
]);
