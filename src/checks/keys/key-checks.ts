import { Type } from "@sinclair/typebox";
import { isJsonObject } from "../../matrix/json.js";
import { checkServerKeys } from "../../matrix/server-keys.js";
import { checkSignature, signaturesOf } from "../../matrix/signing.js";
import { answerOf, withResponse } from "../answers/responses.js";
import { defineCheck } from "../define.js";
import { at } from "../pointer.js";

const closed = { additionalProperties: false } as const;
const where = Type.Optional(
  Type.String({ description: "JSON Pointer of the key document; the whole body unless said.", pattern: "^(/|$)" }),
);

export const keyDocumentValid = defineCheck({
  name: "key-document-valid",
  summary: "A key document is well formed, names its server and is signed by each key that it lists as current",
  input: Type.Object(
    { server: Type.String({ description: "The seat of the server whose keys they are." }), at: where },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const serverName = view.serverName(input.server);
    const expected = `a key document of ${serverName} signed by each of its current keys`;
    return withResponse(view, expected, (exchange) => {
      const document = at(exchange.responseJson(), input.at ?? "");
      if (document === undefined)
        return { holds: false, expected, actual: `${answerOf(exchange)}, no document`, exchanges: [exchange.id] };
      const checked = checkServerKeys(document, serverName);
      return { holds: checked.ok, expected, actual: checked.ok ? "it is" : checked.reason, exchanges: [exchange.id] };
    });
  },
});

export const validFor = defineCheck({
  name: "key-document-valid-for",
  summary: "A key document is still valid for some time after it was served",
  input: Type.Object({ "at-least-minutes": Type.Integer({ minimum: 1 }) }, closed),
  ofResponse: true,
  judge(view, input) {
    const expected = `valid_until_ts at least ${input["at-least-minutes"]} minutes ahead`;
    return withResponse(view, expected, (exchange) => {
      const body = exchange.responseJson();
      const until = isJsonObject(body) ? body.valid_until_ts : undefined;
      if (typeof until !== "number")
        return { holds: false, expected, actual: `${answerOf(exchange)}, no valid_until_ts`, exchanges: [exchange.id] };
      const minutes = Math.floor((until - exchange.endedAt) / 60_000);
      return {
        holds: minutes >= input["at-least-minutes"],
        expected,
        actual: `${minutes} minutes ahead`,
        exchanges: [exchange.id],
      };
    });
  },
});

export const cosigned = defineCheck({
  name: "cosigned-by",
  summary: "A JSON object in the response carries a valid signature of a server",
  input: Type.Object(
    { at: Type.String({ pattern: "^(/|$)" }), server: Type.String({ description: "A seat." }) },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const server = view.serverName(input.server);
    const expected = `a valid signature of ${input.server} on ${input.at === "" ? "the body" : input.at}`;
    return withResponse(view, expected, (exchange) => {
      const object = at(exchange.responseJson(), input.at);
      if (!isJsonObject(object))
        return { holds: false, expected, actual: `${answerOf(exchange)}, no object there`, exchanges: [exchange.id] };
      const keys = view.serverKeys(server);
      const valid = [...signaturesOf(object, server).keys()].some((keyId) => {
        const key = keys.get(keyId);
        return key !== undefined && checkSignature(object, server, keyId, key);
      });
      return {
        holds: valid,
        expected,
        actual: valid ? "it is signed" : "no valid signature of it",
        exchanges: [exchange.id],
      };
    });
  },
});
