import { Type } from "@sinclair/typebox";
import type { JsonValue } from "../../matrix/json.js";
import { resolveNames } from "../../steps/names.js";
import { holds } from "../arrivals/arrivals.js";
import { defineCheck } from "../define.js";
import { at } from "../pointer.js";
import { answerOf, shown, withResponse } from "./responses.js";

const closed = { additionalProperties: false } as const;

export const bodyLacks = defineCheck({
  name: "body-lacks",
  summary: "A list in the response's body is there, and has no item of a kind",
  input: Type.Object(
    {
      at: Type.String({ description: "JSON Pointer of the list.", pattern: "^/" }),
      item: Type.Unknown({ description: "What no item may hold: members, nested, or a value." }),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const unwanted = resolveNames(input.item as JsonValue, view);
    const expected = `a list at ${input.at} of which no item holds ${shown(unwanted)}`;
    return withResponse(view, expected, (exchange) => {
      const list = at(exchange.responseJson(), input.at);
      const exchanges = [exchange.id];
      if (!Array.isArray(list))
        return { holds: false, expected, actual: `${answerOf(exchange)}, no list there`, exchanges };
      const found = list.filter((item: JsonValue) => holds(item, unwanted)).length;
      return { holds: found === 0, expected, actual: `${found} of its ${list.length} items do`, exchanges };
    });
  },
});
