import { Type } from "@sinclair/typebox";
import { type JsonObject, pointerParts } from "../../matrix/json.js";
import type { WireResponse } from "../../net/wire.js";
import { defineBehaviour, type EndpointCall, jsonResponse, withChangedBody } from "./define.js";

const endpoint = Type.String({ description: "An endpoint's id (`make-join`) or group (`events`)." });
const named = (call: EndpointCall, input: { readonly endpoint: string }) =>
  call.endpoint === input.endpoint || call.group === input.endpoint;

/** Answers with a fixed status and body. */
export const cannedAnswer = defineBehaviour({
  name: "canned-answer",
  summary: "Answers an endpoint with a fixed status and JSON body",
  input: Type.Object(
    {
      endpoint,
      status: Type.Integer({ minimum: 200, maximum: 599 }),
      body: Type.Record(Type.String(), Type.Unknown()),
    },
    { additionalProperties: false },
  ),
  appliesTo: named,
  async respond(_peer, _call, input) {
    return jsonResponse(input.status, input.body);
  },
});

/** Answers with bytes that no JSON value can stand for. */
export const verbatimAnswer = defineBehaviour({
  name: "verbatim-answer",
  summary: "Answers an endpoint with status 200 and a fixed text, called JSON",
  input: Type.Object({ endpoint, text: Type.String() }, { additionalProperties: false }),
  appliesTo: named,
  async respond(_peer, _call, input) {
    return { ...jsonResponse(200, {}), body: Buffer.from(input.text, "utf8") };
  },
});

/** Gives the honest answer with one member changed: what a server must notice in an answer that it asked for. */
export const alteredAnswer = defineBehaviour({
  name: "altered-answer",
  summary: "Gives the honest answer with one member set to another value or removed",
  input: Type.Object(
    {
      endpoint,
      at: Type.String({ pattern: "^/", description: "JSON Pointer of the member." }),
      set: Type.Optional(Type.Unknown({ description: "The new value; the member is removed when absent." })),
    },
    { additionalProperties: false },
  ),
  appliesTo: named,
  async respond(_peer, _call, input, honest) {
    return withChangedBody(await honest(), (body) => withMember(body, input.at, input.set));
  },
});

/** Takes the request and gives no answer until the caller goes away. */
export const silent = defineBehaviour({
  name: "silent",
  summary: "Takes requests to an endpoint and never answers them",
  input: Type.Object({ endpoint }, { additionalProperties: false }),
  appliesTo: named,
  respond(_peer, call) {
    return new Promise<WireResponse>((_resolve, reject) => {
      const { signal } = call.request;
      if (signal === undefined) reject(new Error("a silent peer needs requests that can be aborted"));
      else if (signal.aborted) reject(signal.reason);
      else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  },
});

/**
 * A copy with the member at the pointer set, or removed when `value` is undefined. Missing parents leave it
 * unchanged. Throws for what is no index of a list (RFC 6901): the pointer is its author's mistake.
 */
export function withMember(document: JsonObject, pointer: string, value: unknown): JsonObject {
  const copy = structuredClone(document);
  const path = [...pointerParts(pointer)];
  const last = path.pop();
  let parent: unknown = copy;
  for (const part of path) parent = isContainer(parent) ? parent[part] : undefined;
  if (last === undefined || !isContainer(parent)) return copy;
  if (Array.isArray(parent) && !/^(?:0|[1-9]\d*)$/u.test(last)) throw new Error(`${pointer} names no item of a list`);
  if (value === undefined && Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
