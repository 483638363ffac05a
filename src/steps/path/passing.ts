import { type Static, Type } from "@sinclair/typebox";
import type { Selection as Place, RequestSelection } from "../../lab/altering/rule.js";
import { type JsonObject, pointerPart } from "../../matrix/json.js";
import { ENDPOINTS } from "../../schema/endpoints.js";
import type { StepContext } from "../context.js";
import { resolveNames, resolveText } from "../names.js";
import { namesOf } from "../names-of.js";

const within = Type.Optional(
  Type.String({
    pattern: "^/",
    description: "JSON Pointer in which `*` stands for every member; the whole body unless said.",
  }),
);
const where = Type.Optional(
  Type.Object({}, { additionalProperties: true, description: "Members that must stand there, nested." }),
);

const Selection = Type.Object(
  { within, where },
  { additionalProperties: false, description: "Only requests with such a place in their body." },
);

type WrittenPlace = Static<typeof Selection>;

const seat = (description: string) => Type.String({ description, "refers-to": "seat" });
const from = seat("The seat of the server that asks.");
const to = seat("The seat of the server that is asked.");
const endpointId = Type.Union(ENDPOINTS.map(({ id }) => Type.Literal(id)));
const endpoint = Type.Union([endpointId, Type.Array(endpointId, { minItems: 1 })], {
  description: "An endpoint's id, such as `send` or `user-keys-query`, or several.",
});
const carrying = Type.Optional(Selection);
const targetHas = Type.Optional(Type.String({ description: "Only requests with this text in their target." }));

const transaction = {
  id: Type.String({ description: "The name to bind the rule to." }),
  from,
  to,
  carrying,
  times: Type.Optional(Type.Integer({ minimum: 1, description: "On so many requests; on all unless said." })),
};

const request = { ...transaction, endpoint, "target-has": targetHas };

/** Arguments that tell which requests between two servers a step is about. */
export const Passing = {
  within,
  where,
  /** Of a rule about the requests to an endpoint. */
  request,
  Request: Type.Object(request),
  /** Of a rule about transactions. */
  transaction,
  /** Of one request that has passed already. */
  past: { from, to, endpoint, carrying, "target-has": targetHas },
};

interface WrittenRequest {
  readonly endpoint: string | readonly string[];
  readonly carrying?: WrittenPlace;
  readonly "target-has"?: string;
}

/** Which requests are meant, with the scenario's names resolved. */
export function requestsMeant(context: StepContext, written: WrittenRequest): RequestSelection {
  const { endpoint, carrying: place, "target-has": text } = written;
  return {
    endpoints: typeof endpoint === "string" ? [endpoint] : endpoint,
    ...(place && { carrying: placeMeant(context, place) }),
    ...(text === undefined ? {} : { targetHolds: resolveText(text, namesOf(context)) }),
  };
}

/** Which places are meant, with the scenario's names resolved. */
export function placeMeant(context: StepContext, written: WrittenPlace): Place {
  return {
    ...(written.within === undefined ? {} : { within: pointerMeant(context, written.within) }),
    ...(written.where === undefined ? {} : { where: resolveNames(written.where as JsonObject, namesOf(context)) }),
  };
}

/** A JSON Pointer with the scenario's names resolved and escaped. */
export function pointerMeant(context: StepContext, written: string): string {
  return resolveText(written, namesOf(context), (value) => pointerPart(value).slice(1));
}
