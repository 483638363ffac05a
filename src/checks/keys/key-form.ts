import { Type } from "@sinclair/typebox";
import { Base64Error, decodeBase64 } from "../../matrix/base64.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import { shown, withResponse } from "../answers/responses.js";
import { defineCheck } from "../define.js";

const KEY_BYTES = 32;
/** The first millisecond of 2001: as many seconds are over thirty thousand years. */
const LEAST_MS = 978_307_200_000;

/** What is wrong with one aspect of a key document (server-server-api#get_matrixkeyv2server). */
const ASPECTS = {
  ids: (document: JsonObject) =>
    [...entries(document.verify_keys), ...entries(document.old_verify_keys)].flatMap(([id]) =>
      /^[a-z0-9]+:[A-Za-z0-9_]+$/u.test(id) ? [] : [`the key id ${shown(id)}`],
    ),
  keys: (document: JsonObject) =>
    [...entries(document.verify_keys), ...entries(document.old_verify_keys)].flatMap(([id, value]) => {
      const key = isJsonObject(value) ? value.key : undefined;
      return isPublicKey(key) ? [] : [`the key of ${id}, ${shown(key ?? null)}`];
    }),
  time: ({ valid_until_ts: until }: JsonObject) =>
    Number.isInteger(until) && Number(until) >= LEAST_MS ? [] : [`valid_until_ts ${shown(until ?? null)}`],
} as const satisfies Record<string, (document: JsonObject) => readonly string[]>;

const EXPECTED: Readonly<Record<keyof typeof ASPECTS, string>> = {
  ids: "key ids made of an algorithm, a colon, and letters, digits and underscores",
  keys: "keys of 32 bytes in unpadded base64",
  time: "valid_until_ts in whole milliseconds since 1970",
};

export const keysWellFormed = defineCheck({
  name: "keys-well-formed",
  summary: "A key document's key ids, its keys or its time have the form that they must have",
  input: Type.Object(
    { what: Type.Union([Type.Literal("ids"), Type.Literal("keys"), Type.Literal("time")]) },
    { additionalProperties: false },
  ),
  ofResponse: true,
  judge(view, { what }) {
    const expected = EXPECTED[what];
    return withResponse(view, expected, (exchange) => {
      const exchanges = [exchange.id];
      const document = exchange.responseJson();
      if (!isJsonObject(document) || entries(document.verify_keys).length === 0)
        return { holds: false, expected, actual: "no document with a key", exchanges };
      const problems = ASPECTS[what](document);
      return { holds: problems.length === 0, expected, actual: problems.join("; ") || "so it is", exchanges };
    });
  },
});

function entries(value: JsonValue | undefined): readonly [string, JsonValue][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function isPublicKey(key: JsonValue | undefined): boolean {
  if (typeof key !== "string" || !/^[A-Za-z0-9+/]+$/u.test(key)) return false;
  try {
    return decodeBase64(key).length === KEY_BYTES;
  } catch (error) {
    if (error instanceof Base64Error) return false;
    throw error;
  }
}
