import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { WireResponse } from "../../net/wire.js";
import { defineBehaviour, withChangedBody } from "./define.js";

/** What is done to each one-time key in an answer to a claim (server-server-api#post_matrixfederationv1userkeysclaim). */
const FAULTS = {
  forged: (key: JsonObject): JsonObject => ({ ...key, key: withOtherStart(String(key.key)) }),
  unsigned: ({ signatures: _signatures, ...key }: JsonObject): JsonObject => key,
} as const satisfies Record<string, (key: JsonObject) => JsonObject>;

export const falseClaims = defineBehaviour({
  name: "false-claims",
  summary: "Answers claims with one-time keys that are forged or unsigned",
  input: Type.Object(
    { fault: Type.Union([Type.Literal("forged"), Type.Literal("unsigned")]) },
    { additionalProperties: false },
  ),
  appliesTo: (call) => call.endpoint === "user-keys-claim",
  async respond(_peer, _call, input, honest) {
    return withChangedBody(await honest(), (body) => ({
      ...body,
      one_time_keys: eachKey(body.one_time_keys, 3, FAULTS[input.fault]),
    }));
  },
});

/** The first answer of each deviation, by its arguments, which live as long as it is in force. */
const first = new WeakMap<object, WireResponse>();

export const replayedClaims = defineBehaviour({
  name: "replayed-claims",
  summary: "Gives the same one-time keys to everybody who claims some",
  input: Type.Object({}, { additionalProperties: false }),
  appliesTo: (call) => call.endpoint === "user-keys-claim",
  async respond(_peer, _call, input, honest) {
    const known = first.get(input);
    if (known !== undefined) return known;
    const answer = await honest();
    first.set(input, answer);
    return answer;
  },
});

/** The same through users, devices and key ids. */
function eachKey(value: JsonValue | undefined, depth: number, change: (key: JsonObject) => JsonObject): JsonValue {
  if (!isJsonObject(value)) return value ?? {};
  if (depth === 0) return change(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, eachKey(inner, depth - 1, change)]));
}

function withOtherStart(text: string): string {
  return (text.startsWith("A") ? "B" : "A") + text.slice(1);
}
