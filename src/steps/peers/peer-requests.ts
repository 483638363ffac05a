import { Type } from "@sinclair/typebox";
import { targetWithoutSecrets } from "../../evidence/secrets.js";
import type { SeenExchange } from "../../evidence/seen-exchange.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import { readJson } from "../../matrix/read-json.js";
import { withinTime } from "../../net/time-limit.js";
import { AuthorizationTweak } from "../../peer/forged-authorization.js";
import { type PeerRequest, UnansweredError } from "../../peer/peer.js";
import { milliseconds } from "../../schema/durations.js";
import { observeResponse } from "../asking/client-calls.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { DURATION } from "../durations.js";
import { resolveNames, resolveText } from "../names.js";
import { namesOf } from "../names-of.js";
import { allVouched, Vouchers } from "./identity-keys.js";

const closed = { additionalProperties: false } as const;

export const request = defineStep({
  name: "request",
  summary: "A peer sends one request to a server, signed unless told otherwise",
  input: Type.Object(
    {
      by: Type.String({ description: "The peer's seat." }),
      to: Type.String({ description: "The seat of the server that is asked." }),
      method: Type.Optional(Type.String({ description: "GET unless said." })),
      "else-method": Type.Optional(
        Type.String({ description: "Sent again by this method where the first is answered as unknown (404, 405)." }),
      ),
      path: Type.String({ description: "Path and query; `${name}` is replaced and percent-encoded.", pattern: "^/" }),
      body: Type.Optional(Type.Object({}, { additionalProperties: true })),
      vouched: Type.Optional(Vouchers),
      bytes: Type.Optional(Type.String({ description: "Sent instead of the body, as UTF-8." })),
      "content-type": Type.Optional(Type.String({ description: "Instead of `application/json`; empty for none." })),
      signed: Type.Optional(Type.Boolean()),
      within: Type.Optional(
        Type.String({ pattern: DURATION, description: "How long to wait for the answer: `20s` unless said." }),
      ),
      authorization: Type.Optional(AuthorizationTweak),
    },
    closed,
  ),
  describe: ({ by, to, method, path }) => `${by} asks ${to}: ${method ?? "GET"} ${path}`,
  async run(context, input) {
    const names = namesOf(context);
    const body = input.body === undefined ? undefined : resolveNames(input.body as JsonObject, names);
    const sent = {
      method: input.method ?? "GET",
      uri: resolveText(input.path, names, encodeURIComponent),
      ...(body === undefined ? {} : { content: allVouched(context, body, input.vouched) }),
      ...(input.bytes === undefined ? {} : { bytes: Buffer.from(resolveText(input.bytes, names), "utf8") }),
      ...(input["content-type"] === undefined ? {} : { headers: [["Content-Type", input["content-type"]]] as const }),
      ...(input.signed === undefined ? {} : { signed: input.signed }),
      ...(input.authorization === undefined
        ? {}
        : { authorization: resolveNames(input.authorization as JsonObject, names) as AuthorizationTweak }),
    };
    const { by, to, within, "else-method": other } = input;
    const { status } = await peerRequest(context, by, to, sent, within);
    if (other !== undefined && UNKNOWN.includes(status)) {
      await peerRequest(context, by, to, { ...sent, method: other }, within);
    }
  },
});

/** How methods that an endpoint does not have are answered (server-server-api#unsupported-endpoints). */
const UNKNOWN: readonly number[] = [404, 405];

export interface PeerAnswer {
  readonly status: number;
  readonly body: JsonValue | undefined;
}

const ANSWER_WITHIN = "20s";
/** The tap notes a request that its sender gave up a moment later. */
const NOTED_WITHIN_MS = 5000;

/**
 * Sends a peer's request to the server in a seat and observes the answer as the step's `response`, or that there was none.
 * Charges the seat when no HTTP answer came back in the time given (`500ms`, `20s`), nobody when the lab stood in the way.
 */
export async function peerRequest(
  context: StepContext,
  by: string,
  to: string,
  what: Omit<PeerRequest, "destination" | "signal">,
  within = ANSWER_WITHIN,
): Promise<PeerAnswer> {
  const peer = context.peer(by);
  const destination = context.serverName(to);
  const before = context.exchanges().at(-1)?.seq ?? 0;
  const isThis = ({ seq, from, to: reached, request: sent }: SeenExchange) =>
    seq > before &&
    from === peer.serverName &&
    reached === destination &&
    sent.method === what.method &&
    sent.target === targetWithoutSecrets(what.uri);
  const send = (signal: AbortSignal) => peer.send({ ...what, destination, signal });
  const response = await answeredWithin(context, milliseconds(within), send);
  if (response instanceof UnansweredError) return unanswered(context, to, isThis, response);
  const exchange = context.exchanges().findLast(isThis);
  if (exchange === undefined) throw new Error(`the tap did not record ${what.method} ${what.uri}`);
  const body = readJson(response.body);
  observeResponse(context, { status: response.status, body: isJsonObject(body) ? body : {}, exchange: exchange.id });
  return { status: response.status, body };
}

async function answeredWithin<T>(
  context: StepContext,
  withinMs: number,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T | UnansweredError> {
  try {
    return await withinTime(withinMs, context.signal, send);
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof UnansweredError) return error;
    throw error;
  }
}

/** Looks up what became of the request in the lab, which knows whose fault it was. */
async function unanswered(
  context: StepContext,
  to: string,
  isThis: (exchange: SeenExchange) => boolean,
  error: UnansweredError,
): Promise<never> {
  const exchange = await withinTime(NOTED_WITHIN_MS, context.signal, (signal, noted) =>
    context.exchangeThat(isThis, signal).catch((failure: unknown) => {
      context.signal.throwIfAborted();
      if (failure !== noted.reason) throw failure;
      return undefined;
    }),
  );
  if (exchange === undefined) return context.fail(undefined, `the lab did not carry the request: ${error.message}`);
  observeResponse(context, { status: 0, body: {}, exchange: exchange.id });
  const { method, target } = exchange.request;
  const why = exchange.failure ?? error.message;
  return context.fail(
    exchange.interference === undefined ? to : undefined,
    `${method} ${target} had no answer: ${why}`,
  );
}
