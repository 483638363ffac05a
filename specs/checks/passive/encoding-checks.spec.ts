import { specExchange } from "../../support/exchanges.js";
import { describePassive } from "../../support/passive-case.js";

const STATE = "/_matrix/federation/v1/state_ids/%21r%3Aone.test?event_id=%24e";
const QUERY = { method: "POST", target: "/_matrix/federation/v1/user/keys/query" };
const LATIN1 = Buffer.from('{"name":"Ännchen"}', "latin1");
const JSON_TYPE: readonly (readonly [string, string])[] = [["Content-Type", "application/json"]];

describePassive("checks/passive/encoding-checks", [
  {
    check: "json-in-utf-8-in-request",
    holds: [specExchange({ ...QUERY, body: { device_keys: { "@ännchen:one.test": [] } } })],
    fails: [specExchange({ ...QUERY, rawBodyBytes: LATIN1, headers: JSON_TYPE })],
    ignores: [specExchange({ target: STATE }), specExchange({ ...QUERY, rawBodyBytes: LATIN1 })],
  },
  {
    check: "json-in-utf-8-in-response",
    holds: [
      specExchange({ target: STATE, answer: { name: "Ännchen 😀" } }),
      specExchange({ target: STATE, rawAnswer: "no JSON at all", answerHeaders: JSON_TYPE }),
    ],
    fails: [
      specExchange({ target: STATE, rawAnswerBytes: LATIN1, answerHeaders: JSON_TYPE }),
      specExchange({
        target: STATE,
        rawAnswerBytes: LATIN1,
        answerHeaders: [["Content-Type", "application/json; charset=latin1"]],
      }),
    ],
    ignores: [
      specExchange({ target: STATE, rawAnswerBytes: LATIN1, answerHeaders: [["Content-Type", "image/png"]] }),
      specExchange({
        target: STATE,
        rawAnswerBytes: LATIN1,
        answerHeaders: [...JSON_TYPE, ["Content-Encoding", "gzip"]],
      }),
    ],
  },
]);
