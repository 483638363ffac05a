import { Type } from "@sinclair/typebox";
import type { JsonObject, JsonValue } from "../../matrix/json.js";
import { matchEndpoint } from "../../schema/endpoints.js";
import { resolveNames } from "../../steps/names.js";
import { shown } from "../answers/responses.js";
import { defineCheck } from "../define.js";
import type { JudgeView, SeenExchange } from "../view.js";
import { holds } from "./arrivals.js";
import { requestsDuring } from "./requests-during.js";

const closed = { additionalProperties: false } as const;
const Asking = {
  from: Type.String({ description: "The seat of the server that asks.", "refers-to": "seat" }),
  to: Type.String({ description: "The seat of the server that is asked.", "refers-to": "seat" }),
  request: Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })], {
    description: "An endpoint's id, such as `send-join`, or several, of which any will do.",
  }),
};

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly request: string | readonly string[];
}

export const asks = defineCheck({
  name: "asks",
  summary: "During the step a server sent another a request of a kind, with certain members in its body",
  input: Type.Object(
    {
      ...Asking,
      with: Type.Optional(
        Type.Object({}, { additionalProperties: true, description: "Members that the body must hold, nested." }),
      ),
      query: Type.Optional(
        Type.Record(Type.String(), Type.String(), { description: "Parameters that the query must have." }),
      ),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const wanted = resolveNames((input.with ?? {}) as JsonObject, view);
    const query = Object.entries(resolveNames((input.query ?? {}) as JsonObject, view) as Record<string, string>);
    const details = [
      ...(input.with === undefined ? [] : [`holding ${shown(wanted)}`]),
      ...query.map(([name, value]) => `with ${name}=${value}`),
    ];
    const expected = [`${input.from} to send ${input.to} a ${kindsOf(input)} request`, ...details].join(", ");
    const sent = askedDuring(view, input);
    if (sent === undefined) return { holds: "unknown", expected, actual: "the step recorded no response" };
    const right = sent.filter((exchange) => holds(exchange.requestJson() ?? {}, wanted) && hasQuery(exchange, query));
    const actual = sent.length === 0 ? "it sent none" : `${right.length} of ${sent.length} such requests did`;
    return { holds: right.length > 0, expected, actual, exchanges: (right.length > 0 ? right : sent).map(idOf) };
  },
});

export const neverAsks = defineCheck({
  name: "never-asks",
  summary: "During the step, up to its response, a server did not send another a request of a kind",
  input: Type.Object(Asking, closed),
  ofResponse: true,
  judge(view, input) {
    const expected = `${input.from} not to send ${input.to} a ${kindsOf(input)} request`;
    const sent = askedDuring(view, input);
    if (sent === undefined) return { holds: "unknown", expected, actual: "the step recorded no response" };
    if (sent.length > 0) return { holds: false, expected, actual: "it did", exchanges: sent.map(idOf) };
    const own = view.response();
    const exchanges = own === undefined ? [] : [own.id];
    if (own?.response === undefined)
      return { holds: "unknown", expected, actual: "it did not, but gave no answer either", exchanges };
    return { holds: true, expected, actual: "it answered without having sent one", exchanges };
  },
});

/** As `requestsDuring`, of those kinds. */
function askedDuring(view: JudgeView, { from, to, request }: Asked): readonly SeenExchange[] | undefined {
  const wanted = new Set([request].flat());
  return requestsDuring(view, from, to)?.filter(({ request: { method, target } }) =>
    wanted.has(matchEndpoint(method, target)?.endpoint.id ?? ""),
  );
}

function hasQuery(exchange: SeenExchange, wanted: readonly (readonly [string, JsonValue])[]): boolean {
  const { searchParams } = new URL(exchange.request.target, "https://server.invalid");
  return wanted.every(([name, value]) => searchParams.getAll(name).includes(String(value)));
}

const kindsOf = ({ request }: Asked) => [request].flat().join(" or ");
const idOf = ({ id }: SeenExchange) => id;
