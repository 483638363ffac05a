import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonValue } from "../../matrix/json.js";
import type { StepContext } from "../../steps/context.js";
import { meaningOf } from "../../steps/names.js";
import { within } from "../../steps/waiting.js";
import { answerOf, withResponse } from "../answers/responses.js";
import { notedEdus, noteEdus } from "../arrivals/arrived-edus.js";
import { defineCheck } from "../define.js";
import { noted } from "../noted.js";

const closed = { additionalProperties: false } as const;
const Updates = {
  peer: Type.String({ description: "The peer's seat.", "refers-to": "seat" }),
  user: Type.String({ description: "A member of the cast.", "refers-to": "cast" }),
  within,
};

/** Notes the stream ids of the user's updates that have reached the peer, in order; null for one without. */
async function noteStreamIds(
  context: StepContext,
  input: { readonly peer: string; readonly user: string; readonly within?: string },
): Promise<void> {
  const { userId } = context.user(input.user);
  await noteEdus(context, { ...input, atLeast: 2 }, (eduType, content) =>
    eduType === "m.device_list_update" && content.user_id === userId ? (content.stream_id ?? null) : undefined,
  );
}

const words = (ids: readonly JsonValue[]) => ids.map((id) => JSON.stringify(id)).join(", ") || "none";

export const updatesNumbered = defineCheck({
  name: "device-updates-numbered",
  summary:
    "The device list updates of one user that reached a peer bear whole numbers, each another where that is asked for",
  input: Type.Object({ ...Updates, distinct: Type.Optional(Type.Literal(true)) }, closed),
  observe: noteStreamIds,
  judge(view, input) {
    const expected = `device list updates of ${input.user} numbered by integers${input.distinct === true ? ", no two alike" : ""}`;
    const ids = notedEdus(view);
    if (ids === undefined || ids.length < 2) return { holds: "unknown", expected, actual: `seen: ${words(ids ?? [])}` };
    const whole = ids.every((id) => Number.isSafeInteger(id));
    const holds = input.distinct === true ? whole && new Set(ids).size === ids.length : whole;
    return { holds, expected, actual: words(ids) };
  },
});

export const listAsNew = defineCheck({
  name: "list-as-new-as-updates",
  summary:
    "The whole device list in the response bears a number that is not older than the newest update that reached a peer",
  input: Type.Object(Updates, closed),
  observe: noteStreamIds,
  judge(view, input) {
    const ids = (notedEdus(view) ?? []).filter((id): id is number => typeof id === "number");
    const newest = Math.max(...ids);
    const expected = `a list of ${input.user}'s devices with stream_id ${newest} or higher`;
    if (ids.length === 0) return { holds: "unknown", expected: "a numbered list", actual: "no numbered update came" };
    return withResponse(view, expected, (exchange) => {
      const body = exchange.responseJson();
      const id = isJsonObject(body) ? body.stream_id : undefined;
      const actual = `${answerOf(exchange)} with stream_id ${JSON.stringify(id ?? null)}`;
      return { holds: typeof id === "number" && id >= newest, expected, actual, exchanges: [exchange.id] };
    });
  },
});

export const askedNoMore = defineCheck({
  name: "asked-no-more",
  summary: "A peer has not been asked at some endpoints since the requests were counted",
  input: Type.Object(
    {
      peer: Type.String({ description: "The seat of the peer that is asked." }),
      request: Type.Array(Type.String(), { minItems: 1, description: "Endpoints' ids." }),
      than: Type.String({ description: "The name that count-requests bound.", "refers-to": "bound" }),
    },
    closed,
  ),
  async observe(context, input) {
    const wanted = new Set(input.request);
    const { all } = context.peer(input.peer).arrivals;
    const times = all.filter((arrival) => arrival.kind === "request" && wanted.has(arrival.endpoint)).length;
    context.observe("times", { times });
  },
  judge(view, input) {
    const before = Number(meaningOf(input.than, view));
    const expected = `no ${input.request.join(" or ")} request beyond the ${before} counted before`;
    const times = noted(view, "times")?.data.times;
    if (typeof times !== "number") return { holds: "unknown", expected, actual: "nobody counted" };
    return { holds: times <= before, expected, actual: `${times} in all` };
  },
});
