import { Type } from "@sinclair/typebox";
import { isJsonObject } from "../../matrix/json.js";
import { header } from "../../net/wire.js";
import { defineCheck } from "../define.js";
import { answerOf, equal, shown, withResponse } from "./responses.js";

const closed = { additionalProperties: false } as const;

const JSON_TYPE = /^application\/json[ \t]*(?:;|$)/iu;

export const saysJson = defineCheck({
  name: "says-json",
  summary: "The response says that its body is JSON, and it is",
  input: Type.Object({}, closed),
  ofResponse: true,
  judge(view) {
    const expected = "a JSON object with Content-Type application/json";
    return withResponse(view, expected, (exchange) => {
      const type = header(exchange.response?.headers ?? [], "content-type");
      const isJson = isJsonObject(exchange.responseJson());
      const said = type === undefined ? "no Content-Type" : `Content-Type ${type}`;
      return {
        holds: isJson && type !== undefined && JSON_TYPE.test(type),
        expected,
        actual: `${answerOf(exchange)}, ${said}, ${isJson ? "a JSON object" : "no JSON object"}`,
        exchanges: [exchange.id],
      };
    });
  },
});

export const errorObject = defineCheck({
  name: "error-object",
  summary: "The response is an error with texts as `errcode` and `error`",
  input: Type.Object({}, closed),
  ofResponse: true,
  judge(view) {
    const expected = "an error with texts as errcode and error";
    return withResponse(view, expected, (exchange) => {
      const body = exchange.responseJson();
      const texts = isJsonObject(body) && typeof body.errcode === "string" && typeof body.error === "string";
      const holds = texts && (exchange.response?.status ?? 0) >= 400;
      return { holds, expected, actual: `${answerOf(exchange)}, ${shown(body ?? null)}`, exchanges: [exchange.id] };
    });
  },
});

export const sameAnswer = defineCheck({
  name: "same-answer-as",
  summary: "The response has the status and the JSON body of an earlier step's",
  input: Type.Object({ step: Type.String({ description: "The earlier step's id.", "refers-to": "nothing" }) }, closed),
  ofResponse: true,
  judge(view, input) {
    const expected = `the answer of “${input.step}” again`;
    return withResponse(view, expected, (exchange) => {
      const first = view.response(input.step);
      if (first === undefined) return { holds: "unknown", expected, actual: "that step recorded no response" };
      const [before, now] = [first.responseJson(), exchange.responseJson()];
      const holds =
        first.response !== undefined &&
        first.response.status === exchange.response?.status &&
        before !== undefined &&
        now !== undefined &&
        equal(before, now);
      const actual = `${answerOf(exchange)} ${shown(now ?? null)}; before: ${answerOf(first)} ${shown(before ?? null)}`;
      return { holds, expected, actual, exchanges: [first.id, exchange.id] };
    });
  },
});
