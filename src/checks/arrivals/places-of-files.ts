import { Type } from "@sinclair/typebox";
import { header } from "../../net/wire.js";
import { matchEndpoint } from "../../schema/endpoints.js";
import { defineCheck } from "../define.js";
import type { JudgeView, SeenExchange } from "../view.js";
import { requestsBetween } from "./requests-during.js";

const Between = {
  from: Type.String({ description: "The seat of the server that asks.", "refers-to": "seat" }),
  to: Type.String({ description: "The seat of the server that keeps the file.", "refers-to": "seat" }),
};

export const fetchedUnsigned = defineCheck({
  name: "fetched-unsigned",
  summary: "A server fetched a file from where another had sent it, and showed no signature there",
  input: Type.Object(Between, { additionalProperties: false }),
  judge(view, input) {
    const expected = `${input.from} to fetch the file from ${input.to} without a signature`;
    const fetches = fetchesOf(view, input.from, input.to);
    if (fetches.length === 0) return { holds: "unknown", expected, actual: "it did not fetch it" };
    const signed = fetches.filter(({ request }) => header(request.headers, "authorization") !== undefined);
    const actual = signed.length === 0 ? "it showed none" : `${signed.length} of ${fetches.length} requests bore one`;
    return { holds: signed.length === 0, expected, actual, exchanges: fetches.map(({ id }) => id) };
  },
});

export const placeAskedAnew = defineCheck({
  name: "place-asked-anew",
  summary: "A server went to the place of a file no oftener than the file's server had named it the place",
  input: Type.Object(
    { ...Between, by: Type.String({ description: "The seat of the file's server.", "refers-to": "seat" }) },
    { additionalProperties: false },
  ),
  judge(view, input) {
    const expected = `${input.from} to ask ${input.by} for the place each time that it goes there`;
    const fetches = fetchesOf(view, input.from, input.to);
    const named = fetchesOf(view, input.from, input.by);
    if (fetches.length === 0) return { holds: "unknown", expected, actual: "it never went there" };
    const actual = `it asked ${named.length} times and went there ${fetches.length} times`;
    const exchanges = [...named, ...fetches].map(({ id }) => id);
    return { holds: fetches.length <= named.length, expected, actual, exchanges };
  },
});

/** Requests of one server for files of another, those that were answered. */
function fetchesOf(view: JudgeView, from: string, to: string): readonly SeenExchange[] {
  return requestsBetween(view, from, to).filter(
    ({ request, response }) =>
      response !== undefined && matchEndpoint(request.method, request.target)?.endpoint.group === "media",
  );
}
