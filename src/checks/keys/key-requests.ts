import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonValue } from "../../matrix/json.js";
import type { Arrival } from "../../peer/arrivals.js";
import type { StepContext } from "../../steps/context.js";
import { meaningOf } from "../../steps/names.js";
import { withResponse } from "../answers/responses.js";
import { defineCheck } from "../define.js";
import { noted } from "../noted.js";
import { at } from "../pointer.js";

const closed = { additionalProperties: false } as const;
const peer = Type.String({ description: "The seat of the peer that is asked." });

const isAsked = (endpoint: string) => (arrival: Arrival) => arrival.kind === "request" && arrival.endpoint === endpoint;

export const askedTimes = defineCheck({
  name: "asked-times",
  summary: "A peer has been asked at an endpoint so many times so far",
  input: Type.Object(
    {
      peer,
      request: Type.String({ description: "An endpoint's id, such as `server-keys`." }),
      "at-least": Type.Optional(Type.Integer({ minimum: 0 })),
      "at-most": Type.Optional(Type.Integer({ minimum: 0 })),
    },
    closed,
  ),
  async observe(context: StepContext, input) {
    const times = context.peer(input.peer).arrivals.all.filter(isAsked(input.request)).length;
    context.observe("times", { times });
  },
  judge(view, input) {
    const [least, most] = [input["at-least"] ?? 0, input["at-most"] ?? Number.POSITIVE_INFINITY];
    const range = most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
    const expected = `${range} ${input.request} requests at ${input.peer}`;
    const times = noted(view, "times")?.data.times;
    if (typeof times !== "number") return { holds: "unknown", expected, actual: "nobody counted" };
    return { holds: times >= least && times <= most, expected, actual: `${times} requests` };
  },
});

export const notaryMinimum = defineCheck({
  name: "notary-asked-with-minimum",
  summary: "Whoever asked a peer as notary said until when the keys must be valid",
  input: Type.Object({ peer }, closed),
  async observe(context: StepContext, input) {
    const asked = context.peer(input.peer).arrivals.all.filter(isAsked("notary-query-many"));
    const bodies = asked.map((arrival) => (arrival.kind === "request" ? (arrival.body ?? null) : null));
    context.observe("notary-queries", { bodies });
  },
  judge(view, input) {
    const expected = `a minimum_valid_until_ts for each key that ${input.peer} is asked for as notary`;
    const bodies = noted(view, "notary-queries")?.data.bodies;
    if (!Array.isArray(bodies)) return { holds: "unknown", expected, actual: "nobody looked" };
    if (bodies.length === 0) return { holds: true, expected, actual: "it asked no notary, as it may" };
    const without = bodies.filter((body: JsonValue) => !eachHasMinimum(body)).length;
    return { holds: without === 0, expected, actual: `${bodies.length} queries, ${without} without` };
  },
});

function eachHasMinimum(body: JsonValue): boolean {
  const servers = isJsonObject(body) ? body.server_keys : undefined;
  if (!isJsonObject(servers)) return false;
  const keys = Object.values(servers).flatMap((keyIds) => (isJsonObject(keyIds) ? Object.values(keyIds) : []));
  return (
    keys.length > 0 &&
    keys.every((criteria) => isJsonObject(criteria) && typeof criteria.minimum_valid_until_ts === "number")
  );
}

export const vouchesFor = defineCheck({
  name: "vouches-for",
  summary: "A notary's answer holds the key documents of the named servers and, where said, of no other",
  input: Type.Object(
    {
      servers: Type.Array(Type.String(), { description: "Seats.", "refers-to": "seat" }),
      exactly: Type.Optional(Type.Literal(true)),
      "valid-at": Type.Optional(
        Type.String({ description: "The name of a moment at which each must still be valid.", "refers-to": "bound" }),
      ),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const moment = input["valid-at"] === undefined ? 0 : Number(meaningOf(input["valid-at"], view));
    const until = input["valid-at"] === undefined ? "" : `, valid at ${input["valid-at"]}`;
    const expected = `${input.exactly === true ? "exactly " : ""}the keys of ${input.servers.join(", ") || "nobody"}${until}`;
    return withResponse(view, expected, (exchange) => {
      const list = at(exchange.responseJson(), "/server_keys");
      if (!Array.isArray(list))
        return { holds: false, expected, actual: "no list server_keys", exchanges: [exchange.id] };
      const documents = list.filter(isJsonObject);
      const valid = documents.filter(
        (each) => typeof each.valid_until_ts === "number" && each.valid_until_ts >= moment,
      );
      const wanted = input.servers.map((seat) => view.serverName(seat));
      const missing = input.servers.filter((_seat, index) => !valid.some((each) => each.server_name === wanted[index]));
      const extra = documents.map((each) => String(each.server_name)).filter((name) => !wanted.includes(name));
      const tooMany = input.exactly === true && extra.length > 0;
      const actual = `keys of ${documents.map((each) => `${each.server_name} until ${each.valid_until_ts}`).join(", ") || "nobody"}`;
      return { holds: missing.length === 0 && !tooMany, expected, actual, exchanges: [exchange.id] };
    });
  },
});
