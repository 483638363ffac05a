import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import { readJson } from "../matrix/read-json.js";
import { AuthorizationTweak } from "../peer/forged-authorization.js";
import { type PeerRequest, UnansweredError } from "../peer/peer.js";
import { observeResponse } from "./client-calls.js";
import type { StepContext } from "./context.js";
import { defineStep } from "./define.js";
import { resolveNames, resolveText } from "./names.js";
import { namesOf } from "./names-of.js";

const closed = { additionalProperties: false } as const;

export const request = defineStep({
  name: "request",
  summary: "A peer sends one request to a server, signed unless told otherwise",
  input: Type.Object(
    {
      by: Type.String({ description: "The peer's seat." }),
      to: Type.String({ description: "The seat of the server that is asked." }),
      method: Type.Optional(Type.String({ description: "GET unless said." })),
      path: Type.String({ description: "Path and query; `${name}` is replaced and percent-encoded.", pattern: "^/" }),
      body: Type.Optional(Type.Object({}, { additionalProperties: true })),
      bytes: Type.Optional(Type.String({ description: "Sent instead of the body, as UTF-8." })),
      "content-type": Type.Optional(Type.String({ description: "Instead of `application/json`; empty for none." })),
      signed: Type.Optional(Type.Boolean()),
      authorization: Type.Optional(AuthorizationTweak),
    },
    closed,
  ),
  describe: ({ by, to, method, path }) => `${by} asks ${to}: ${method ?? "GET"} ${path}`,
  async run(context, input) {
    const names = namesOf(context);
    await peerRequest(context, input.by, input.to, {
      method: input.method ?? "GET",
      uri: resolveText(input.path, names, encodeURIComponent),
      ...(input.body === undefined ? {} : { content: resolveNames(input.body as JsonObject, names) }),
      ...(input.bytes === undefined ? {} : { bytes: Buffer.from(resolveText(input.bytes, names), "utf8") }),
      ...(input["content-type"] === undefined ? {} : { headers: [["Content-Type", input["content-type"]]] as const }),
      ...(input.signed === undefined ? {} : { signed: input.signed }),
      ...(input.authorization === undefined
        ? {}
        : { authorization: resolveNames(input.authorization as JsonObject, names) as AuthorizationTweak }),
    });
  },
});

export interface PeerAnswer {
  readonly status: number;
  readonly body: JsonValue | undefined;
}

/**
 * Sends a peer's request to the server in a seat and observes the answer as the step's `response`.
 * Charges the seat when no HTTP answer came back.
 */
export async function peerRequest(
  context: StepContext,
  by: string,
  to: string,
  what: Omit<PeerRequest, "destination" | "signal">,
): Promise<PeerAnswer> {
  const peer = context.peer(by);
  const destination = context.serverName(to);
  const response = await peer.send({ ...what, destination, signal: context.signal }).catch((error: unknown) => {
    context.signal.throwIfAborted();
    if (!(error instanceof UnansweredError)) throw error;
    return context.fail(to, `${what.method} ${what.uri} had no answer: ${error.message}`);
  });
  const exchange = context.lastExchange(
    ({ from, to: reached, request: sent }) =>
      from === peer.serverName && reached === destination && sent.method === what.method && sent.target === what.uri,
  );
  if (exchange === undefined) throw new Error(`the tap did not record ${what.method} ${what.uri}`);
  const body = readJson(response.body);
  observeResponse(context, { status: response.status, body: isJsonObject(body) ? body : {}, exchange: exchange.id });
  return { status: response.status, body };
}
