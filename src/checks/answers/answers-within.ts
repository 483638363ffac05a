import { Type } from "@sinclair/typebox";
import { milliseconds } from "../../schema/durations.js";
import { DURATION } from "../../steps/durations.js";
import { defineCheck } from "../define.js";
import { answerOf, withResponse } from "./responses.js";

export const answersWithin = defineCheck({
  name: "answers-within",
  summary: "The step's request was answered before so much time had passed",
  input: Type.Object(
    { time: Type.String({ pattern: DURATION, description: "How long the answer may take: `5s`." }) },
    { additionalProperties: false },
  ),
  ofResponse: true,
  judge(view, { time }) {
    const expected = `an answer within ${time}`;
    return withResponse(view, expected, (exchange) => {
      const took = exchange.endedAt - exchange.startedAt;
      const actual = `${answerOf(exchange)} after ${(took / 1000).toFixed(1)} s`;
      return { holds: took <= milliseconds(time), expected, actual, exchanges: [exchange.id] };
    });
  },
});
