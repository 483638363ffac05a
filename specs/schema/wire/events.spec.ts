import { describeSchemas, type SchemaSample } from "../../support/schema-samples.js";
import { REQUESTS, RESPONSES } from "../../support/wire-bodies.js";

const request = (id: string, rest: Omit<SchemaSample, "schema" | "good">): SchemaSample => ({
  schema: `${id}.request`,
  good: REQUESTS[id] ?? null,
  ...rest,
});
const response = (id: string, rest: Omit<SchemaSample, "schema" | "good">): SchemaSample => ({
  schema: `${id}.response`,
  good: RESPONSES[id] ?? null,
  ...rest,
});
const TRANSACTION = ["/origin", "/origin_server_ts", "/pdus"];

describeSchemas("wire schemas of transactions and events", [
  request("send", {
    required: [...TRANSACTION, "/edus/0/edu_type", "/edus/0/content"],
    optional: ["/edus"],
    bad: [
      ["51 PDUs", "/pdus", Array(51).fill({})],
      ["101 EDUs", "/edus", Array(101).fill({ edu_type: "x", content: {} })],
      ["a fraction of a millisecond", "/origin_server_ts", 1.5],
      ["an origin that is no server name", "/origin", "https://one.test/"],
    ],
    alsoGood: [
      ["no PDUs", "/pdus", []],
      ["50 PDUs", "/pdus", Array(50).fill({})],
      ["100 EDUs of unknown type", "/edus", Array(100).fill({ edu_type: "x", content: {} })],
      ["an IPv6 origin", "/origin", "[2001:db8::1]:8448"],
    ],
  }),
  response("send", { required: ["/pdus"], optional: ["/pdus/$other/error"] }),
  response("event-auth", { required: ["/auth_chain"] }),
  response("backfill", { required: TRANSACTION, alsoGood: [["more than 50 PDUs", "/pdus", Array(80).fill({})]] }),
  request("get-missing-events", {
    required: ["/earliest_events", "/latest_events"],
    optional: ["/limit", "/min_depth"],
    bad: [["an id without its sigil", "/latest_events", ["abc"]]],
  }),
  response("get-missing-events", { required: ["/events"] }),
  response("state", { required: ["/pdus", "/auth_chain"] }),
  response("state-ids", {
    required: ["/pdu_ids", "/auth_chain_ids"],
    bad: [["an id without its sigil", "/pdu_ids", ["abc"]]],
    alsoGood: [["ids with a domain", "/pdu_ids", ["$1:one.test"]]],
  }),
  response("event", {
    required: TRANSACTION,
    bad: [
      ["no PDU", "/pdus", []],
      ["two PDUs", "/pdus", [{}, {}]],
    ],
  }),
  response("timestamp-to-event", { required: ["/event_id", "/origin_server_ts"] }),
]);
