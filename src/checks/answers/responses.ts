import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonValue } from "../../matrix/json.js";
import { resolveNames } from "../../steps/names.js";
import { defineCheck, type Finding } from "../define.js";
import { at } from "../pointer.js";
import { cut } from "../sentences.js";
import type { JudgeView, SeenExchange } from "../view.js";

const closed = { additionalProperties: false } as const;
const statuses = Type.Union([
  Type.Integer({ minimum: 100, maximum: 599 }),
  Type.Array(Type.Integer({ minimum: 100, maximum: 599 }), { minItems: 1 }),
]);
const errcodes = Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })]);
const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/**
 * The finding on the step's response. A server that was reached owes an answer: without one, what is expected of it does not
 * hold, unless the lab itself stood in the way.
 */
export function withResponse(view: JudgeView, expected: string, judge: (exchange: SeenExchange) => Finding): Finding {
  const exchange = view.response();
  if (exchange === undefined) return { holds: "unknown", expected, actual: "the step recorded no response" };
  const exchanges = [exchange.id];
  // An answer stands even where a scenario altered what it answers: the server gave it to what it got.
  const stands = exchange.altered !== undefined && exchange.response !== undefined;
  if (exchange.interference !== undefined && !stands) {
    return {
      holds: "unknown",
      expected,
      actual: `${answerOf(exchange)}; the lab: ${exchange.interference}`,
      exchanges,
    };
  }
  return exchange.response === undefined
    ? { holds: false, expected, actual: answerOf(exchange), exchanges }
    : judge(exchange);
}

/** How a server refuses what another may not read or it does not have (client-server-api#standard-error-response). */
const WITHHOLDING: readonly number[] = [403, 404];

/** Whether the answer shows what its server is ready to tell: a success, or the refusal of what is asked for. */
export function tellsEnough({ response }: SeenExchange): boolean {
  const status = response?.status ?? 0;
  return (status >= 200 && status < 300) || WITHHOLDING.includes(status);
}

/** Status, and the error code where there is one: `403 M_FORBIDDEN`. */
export function answerOf(exchange: SeenExchange): string {
  if (exchange.response === undefined) return withoutAnswer(exchange);
  const body = exchange.responseJson();
  const errcode = isJsonObject(body) && typeof body.errcode === "string" ? ` ${cut(body.errcode, 100)}` : "";
  return `${exchange.response.status}${errcode}`;
}

function withoutAnswer({ startedAt, endedAt, failure }: SeenExchange): string {
  return `no answer in ${((endedAt - startedAt) / 1000).toFixed(1)} s (${failure ?? "unknown reason"})`;
}

export const succeeds = defineCheck({
  name: "succeeds",
  summary: "The step's request was answered with a 2xx status",
  input: Type.Object({}, closed),
  ofResponse: true,
  judge(view) {
    const expected = "an answer with a 2xx status";
    return withResponse(view, expected, (exchange) => {
      const status = exchange.response?.status ?? 0;
      return { holds: status >= 200 && status < 300, expected, actual: answerOf(exchange), exchanges: [exchange.id] };
    });
  },
});

export const refused = defineCheck({
  name: "refused",
  summary: "The step's request was refused with a 4xx status, and the status or error code that is asked for",
  input: Type.Object({ status: Type.Optional(statuses), errcode: Type.Optional(errcodes) }, closed),
  ofResponse: true,
  judge(view, input) {
    const wantedStatus = input.status === undefined ? undefined : listOf(input.status);
    const wantedCode = input.errcode === undefined ? undefined : listOf(input.errcode);
    const expected = `a refusal with ${wantedStatus?.join(" or ") ?? "a 4xx status"}${wantedCode === undefined ? "" : ` and ${wantedCode.join(" or ")}`}`;
    return withResponse(view, expected, (exchange) => {
      const status = exchange.response?.status ?? 0;
      const body = exchange.responseJson();
      const errcode = isJsonObject(body) ? body.errcode : undefined;
      const rightStatus = wantedStatus?.includes(status) ?? (status >= 400 && status < 500);
      const rightCode = wantedCode === undefined || (typeof errcode === "string" && wantedCode.includes(errcode));
      return { holds: rightStatus && rightCode, expected, actual: answerOf(exchange), exchanges: [exchange.id] };
    });
  },
});

export const bodyHas = defineCheck({
  name: "body-has",
  summary: "A member of the response's body is there, is absent, or has a value",
  input: Type.Object(
    {
      at: Type.String({ description: "JSON Pointer; `${name}` stands for what is bound, escaped.", pattern: "^(/|$)" }),
      is: Type.Optional(Type.Unknown({ description: "The value that it must equal." })),
      matches: Type.Optional(Type.String({ description: "A regular expression for text." })),
      absent: Type.Optional(Type.Literal(true)),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const pointer = resolveNames(input.at, view);
    const wanted = input.is === undefined ? undefined : resolveNames(input.is as JsonValue, view);
    const expected = bodyExpectation(pointer, wanted, input.matches, input.absent);
    return withResponse(view, expected, (exchange) => {
      const found = at(exchange.responseJson(), pointer);
      const actual = `${answerOf(exchange)}, ${pointer} ${found === undefined ? "is not there" : `is ${shown(found)}`}`;
      const holds =
        input.absent === true
          ? found === undefined && exchange.responseJson() !== undefined
          : found !== undefined &&
            (wanted === undefined || equal(found, wanted)) &&
            (input.matches === undefined || (typeof found === "string" && new RegExp(input.matches, "u").test(found)));
      return { holds, expected, actual, exchanges: [exchange.id] };
    });
  },
});

function bodyExpectation(pointer: string, wanted: JsonValue | undefined, matches?: string, absent?: true): string {
  if (absent === true) return `no ${pointer} in the body`;
  if (wanted !== undefined) return `${pointer} to be ${shown(wanted)}`;
  return matches === undefined ? `${pointer} in the body` : `${pointer} to match ${matches}`;
}

const SHOWN_LIMIT = 200;

/** A JSON value in one line, cut where it is long. */
export function shown(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN_LIMIT ? `${text.slice(0, SHOWN_LIMIT)}…` : text;
}

/** Equal as JSON: members in any order. */
export function equal(left: JsonValue, right: JsonValue): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item: JsonValue, index) => equal(item, right[index] ?? null));
  }
  if (isJsonObject(left) && isJsonObject(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => right[key] !== undefined && equal(left[key] ?? null, right[key]))
    );
  }
  return left === right;
}
