import { Type } from "@sinclair/typebox";
import { defineCheck } from "../define.js";
import { at } from "../pointer.js";
import { answerOf, shown, withResponse } from "./responses.js";

/** server-server-api#get_matrixfederationv1queryprofile */
export const unset = defineCheck({
  name: "unset",
  summary: "A member of the response's body is absent or null",
  input: Type.Object(
    { at: Type.String({ description: "JSON Pointer.", pattern: "^/" }) },
    { additionalProperties: false },
  ),
  ofResponse: true,
  judge(view, input) {
    const expected = `no ${input.at} in the body, or null`;
    return withResponse(view, expected, (exchange) => {
      const exchanges = [exchange.id];
      const body = exchange.responseJson();
      if (body === undefined)
        return { holds: false, expected, actual: `${answerOf(exchange)} without JSON`, exchanges };
      const found = at(body, input.at) ?? null;
      return {
        holds: found === null,
        expected,
        actual: `${answerOf(exchange)}, ${input.at} is ${shown(found)}`,
        exchanges,
      };
    });
  },
});
