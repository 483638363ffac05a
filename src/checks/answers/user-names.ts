import { Type } from "@sinclair/typebox";
import { isCurrentUserId } from "../../matrix/identifiers.js";
import { isJsonObject } from "../../matrix/json.js";
import { defineCheck } from "../define.js";
import { cut } from "../sentences.js";
import { answerOf, withResponse } from "./responses.js";

export const lawfulUserId = defineCheck({
  name: "lawful-user-id",
  summary: "The server refused to register the user, or made a user id of the characters that new ones may have",
  input: Type.Object({}, { additionalProperties: false }),
  judge(view) {
    const expected = "a refusal, or a user id of a–z, 0–9, and . _ = - / +";
    return withResponse(view, expected, (exchange) => {
      const exchanges = [exchange.id];
      const status = exchange.response?.status ?? 0;
      if (status >= 400 && status < 500) return { holds: true, expected, actual: answerOf(exchange), exchanges };
      const body = exchange.responseJson();
      const userId = isJsonObject(body) ? body.user_id : undefined;
      if (typeof userId !== "string") return { holds: "unknown", expected, actual: answerOf(exchange), exchanges };
      return { holds: isCurrentUserId(userId), expected, actual: cut(`${status}, ${userId}`), exchanges };
    });
  },
});
