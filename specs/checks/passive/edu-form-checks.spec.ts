import type { JsonValue } from "../../../src/matrix/json.js";
import { ONE, specExchange } from "../../support/exchanges.js";
import { describePassive } from "../../support/passive-case.js";

const send = (...edus: readonly JsonValue[]) =>
  specExchange({
    method: "PUT",
    target: "/_matrix/federation/v1/send/1",
    body: { origin: ONE.name, origin_server_ts: 1, pdus: [], edus: [...edus] },
  });
const presence = (state: string) => ({ edu_type: "m.presence", content: { push: [{ presence: state }] } });

describePassive("checks/passive/edu-form-checks", [
  {
    check: "edu-envelope",
    holds: [send({ edu_type: "m.any", content: {} })],
    fails: [send({ edu_type: "m.any" }), send({ content: {} }, { edu_type: "m.any", content: {} }), send("m.any")],
    ignores: [send()],
  },
  {
    check: "presence-states",
    holds: [send(presence("online")), send(presence("unavailable"), presence("offline"))],
    fails: [send(presence("away")), send({ edu_type: "m.presence", content: { push: [{}] } })],
    ignores: [send({ edu_type: "m.any", content: {} })],
  },
]);
