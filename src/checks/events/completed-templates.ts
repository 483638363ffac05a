import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import { sameJson } from "../../matrix/same-json.js";
import { matchEndpoint } from "../../schema/endpoints.js";
import { shown } from "../answers/responses.js";
import { defineCheck, type Finding } from "../define.js";
import { at } from "../pointer.js";
import type { JudgeView, SeenExchange } from "../view.js";

const closed = { additionalProperties: false } as const;
const Handshake = {
  from: Type.String({ description: "The seat of the server that asked for a template.", "refers-to": "seat" }),
  to: Type.String({ description: "The seat of the server that gave it.", "refers-to": "seat" }),
  membership: Type.Union([Type.Literal("join"), Type.Literal("leave"), Type.Literal("knock")]),
};
/** By how much a server's clock may differ from the tester's, in milliseconds. */
const CLOCK_TOLERANCE_MS = 600_000;

interface Handshake {
  readonly from: string;
  readonly to: string;
  readonly membership: string;
}

export const keepsTemplate = defineCheck({
  name: "keeps-template",
  summary: "A membership event that was handed in has certain members as its template has them",
  input: Type.Object({ ...Handshake, members: Type.Array(Type.String(), { minItems: 1 }) }, closed),
  judge(view, input) {
    const expected = `the ${input.membership} to have ${input.members.join(", ")} as in its template`;
    return withCompleted(view, input, expected, (event, template) => {
      const wrong = input.members.filter((name) => !sameJson(event[name], template[name]));
      const actual = wrong.map(
        (name) => `${name} is ${shown(event[name] ?? null)}, was ${shown(template[name] ?? null)}`,
      );
      return { holds: wrong.length === 0, actual: actual.join("; ") || "it has" };
    });
  },
});

export const datesTemplate = defineCheck({
  name: "dates-template",
  summary: "A membership event that was handed in bears the time when that was done, whatever its template said",
  input: Type.Object(Handshake, closed),
  judge(view, input) {
    const expected = `the ${input.membership} to bear the time at which it was handed in`;
    return withCompleted(view, input, expected, (event, _template, { startedAt }) => {
      const time = event.origin_server_ts;
      const holds = typeof time === "number" && Math.abs(time - startedAt) < CLOCK_TOLERANCE_MS;
      return { holds, actual: `origin_server_ts ${shown(time ?? null)}, handed in at ${startedAt}` };
    });
  },
});

/** The finding on the event that was handed in last, and the template that was given for it. */
function withCompleted(
  view: JudgeView,
  { from, to, membership }: Handshake,
  expected: string,
  judge: (event: JsonObject, template: JsonObject, sent: SeenExchange) => Pick<Finding, "holds" | "actual">,
): Finding {
  const between = view.exchanges.filter(
    (exchange) =>
      exchange.kind === "federation" && exchange.from === view.serverName(from) && exchange.to === view.serverName(to),
  );
  const last = (kind: string) => between.findLast((exchange) => endpointOf(exchange) === `${kind}-${membership}`);
  const [made, sent] = [last("make"), last("send")];
  if (made === undefined || sent === undefined) return { holds: "unknown", expected, actual: "none was handed in" };
  const template: JsonValue | undefined = at(made.responseJson(), "/event");
  const event = sent.requestJson();
  const exchanges = [made.id, sent.id];
  if (!isJsonObject(template) || !isJsonObject(event)) {
    return { holds: "unknown", expected, actual: "there is no template or no event", exchanges };
  }
  return { expected, ...judge(event, template, sent), exchanges };
}

function endpointOf({ request }: SeenExchange): string | undefined {
  return matchEndpoint(request.method, request.target)?.endpoint.id;
}
