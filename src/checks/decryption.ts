import { Type } from "@sinclair/typebox";
import { isJsonObject } from "../matrix/json.js";
import { holds } from "./arrivals.js";
import { defineCheck } from "./define.js";
import { shown } from "./responses.js";

export const decrypts = defineCheck({
  name: "decrypts-to",
  summary: "The message that the step decrypted has this text",
  input: Type.Object({ body: Type.String() }, { additionalProperties: false }),
  judge(view, input) {
    const expected = `the decrypted text “${input.body}”`;
    const seen = view.here.findLast(({ what }) => what === "decryption");
    if (seen === undefined) return { holds: "unknown", expected, actual: "nothing was decrypted" };
    const exchanges = view.exchanges
      .filter(({ request }) => request.target.includes("/sendToDevice/") || request.target.includes("/keys/claim"))
      .map(({ id }) => id);
    if (seen.data.ok !== true)
      return { holds: false, expected, actual: `it did not decrypt: ${String(seen.data.reason)}`, exchanges };
    const plain = seen.data.plain;
    const right = isJsonObject(plain) && holds(plain, { content: { body: input.body } });
    return {
      holds: right,
      expected,
      actual: right ? "it decrypted to that" : `it decrypted to ${shown(plain ?? null)}`,
      exchanges,
    };
  },
});
