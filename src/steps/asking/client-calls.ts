import { ClientConnectionError } from "../../client/client-error.js";
import type { RequestOptions } from "../../client/connection.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import { plainTarget } from "../../net/plain-target.js";
import type { StepContext } from "../context.js";

export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
  readonly exchange: string;
}

const CLIENT_API = "/_matrix/client";

/**
 * A request to the client-server API as one of the cast; its answer is observed as the step's `response`.
 * `path` is what follows `/_matrix/client/v3`, or another version. Charges the user's seat when no answer came.
 */
export function ask(
  context: StepContext,
  who: string,
  method: string,
  path: string,
  body?: JsonValue,
  version: "v1" | "v3" = "v3",
): Promise<Answer> {
  return askAt(context, who, method, `${CLIENT_API}/${version}${path}`, body);
}

/** As `ask`, by the whole path; `file` is sent instead of a body. */
export async function askAt(
  context: StepContext,
  who: string,
  method: string,
  path: string,
  body?: JsonValue,
  file?: RequestOptions["file"],
): Promise<Answer> {
  const options = { signal: context.signal, ...(file === undefined ? {} : { file }) };
  const sent = context.client(who).request(method, path, body, options);
  const answered = await sent.catch((error: unknown) => {
    context.signal.throwIfAborted();
    if (!(error instanceof ClientConnectionError)) throw error;
    observeResponse(context, { status: 0, body: {}, exchange: error.exchangeId });
    return context.fail(context.seatOf(who), `${method} ${path} had no answer: ${error.message}`);
  });
  const { status, body: said, exchangeId } = answered;
  const answer = { status, body: isJsonObject(said) ? said : {}, exchange: exchangeId };
  observeResponse(context, answer);
  return answer;
}

/** As `ask`, and fails the step, charged to the user's seat, unless the answer is a success. */
export async function askFor(
  context: StepContext,
  who: string,
  method: string,
  path: string,
  body?: JsonValue,
): Promise<JsonObject> {
  const answer = await ask(context, who, method, path, body);
  if (answer.status >= 300) context.fail(context.seatOf(who), refusalOf(method, path, answer));
  return answer.body;
}

/** Notes the answer that the step's checks of its response look at. */
export function observeResponse(context: StepContext, answer: Answer): void {
  const errcode = answer.body.errcode;
  context.observe("response", {
    exchange: answer.exchange,
    status: answer.status,
    ...(typeof errcode === "string" ? { errcode } : {}),
  });
}

export function refusalOf(method: string, path: string, { status, body }: Answer): string {
  const said = [body.errcode, body.error].filter((part) => typeof part === "string").join(": ");
  return `${method} ${plainTarget(path)} was answered with ${status}${said === "" ? "" : ` ${said}`}`;
}

/** A member of an answer that must be text; fails the step, charged to the user's seat, when it is not. */
export function textMember(context: StepContext, who: string, body: JsonObject, member: string): string {
  const value = body[member];
  if (typeof value === "string") return value;
  return context.fail(context.seatOf(who), `the answer has no text member ${member}`);
}

export const encode = encodeURIComponent;

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
