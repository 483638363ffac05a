import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import type { Endpoint } from "./endpoints/endpoint.js";

/** A PDU inside a body. */
export interface PlacedPdu {
  /** JSON pointer within the body. */
  readonly pointer: string;
  readonly pdu: JsonObject;
}

/** Where the bodies of an endpoint hold whole PDUs; `*` stands for every member of an array, an empty place for the body. */
interface Places {
  readonly request?: readonly string[];
  readonly response?: readonly string[];
}

const PLACES: { readonly [endpointId: string]: Places } = {
  send: { request: ["/pdus/*"] },
  "event-auth": { response: ["/auth_chain/*"] },
  backfill: { response: ["/pdus/*"] },
  "get-missing-events": { response: ["/events/*"] },
  state: { response: ["/pdus/*", "/auth_chain/*"] },
  event: { response: ["/pdus/*"] },
  "send-join": { request: [""], response: ["/state/*", "/auth_chain/*", "/event"] },
  "send-join-v1": { request: [""], response: ["/1/state/*", "/1/auth_chain/*"] },
  "send-knock": { request: [""] },
  "send-leave": { request: [""] },
  "send-leave-v1": { request: [""] },
  "invite-v1": { request: [""], response: ["/1/event"] },
  "invite-v2": { request: ["/event"], response: ["/event"] },
  "policy-sign": { request: [""] },
};

/** Whether the bodies of an endpoint can hold PDUs on that side: others need not be read for them. */
export function mayHoldPdus({ id }: Endpoint, side: "request" | "response"): boolean {
  return PLACES[id]?.[side] !== undefined;
}

/**
 * The whole PDUs of a body, in order. Templates (`make_*`) are none; neither is the stripped state of invites and knocks,
 * whose entries may lack everything that makes a PDU. What is not an object is left to the schemas.
 */
export function pdusIn(endpoint: Endpoint, side: "request" | "response", body: JsonValue | undefined): PlacedPdu[] {
  if (body === undefined) return [];
  const places = PLACES[endpoint.id]?.[side] ?? [];
  return places.flatMap((place) => valuesAt(body, place.split("/").slice(1), ""));
}

function valuesAt(value: JsonValue | undefined, steps: readonly string[], pointer: string): PlacedPdu[] {
  const [step, ...rest] = steps;
  if (step === undefined) return isJsonObject(value) ? [{ pointer, pdu: value }] : [];
  if (step === "*") {
    if (!Array.isArray(value)) return [];
    return value.flatMap((member: JsonValue, at) => valuesAt(member, rest, `${pointer}/${at}`));
  }
  if (Array.isArray(value)) return valuesAt(value[Number(step)] as JsonValue | undefined, rest, `${pointer}/${step}`);
  return isJsonObject(value) ? valuesAt(value[step], rest, `${pointer}/${step}`) : [];
}
