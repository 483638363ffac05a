import type { Static, TObject, TProperties } from "@sinclair/typebox";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { SigningKey } from "../../matrix/keys.js";
import { parseJson } from "../../matrix/parse-json.js";
import type { WireRequest, WireResponse } from "../../net/wire.js";

/** The peer as a behaviour sees it. */
export interface Misbehaving {
  readonly serverName: string;
  readonly signingKey: SigningKey;
  now(): number;
}

/** The request, with the endpoint's id and group as in the table of endpoints. */
export interface EndpointCall {
  readonly endpoint: string;
  readonly group: string;
  readonly request: WireRequest;
}

/** A named deviation of a peer. It either answers instead of the peer, or alters the peer's honest answer. */
export interface Behaviour {
  readonly name: string;
  readonly summary: string;
  readonly input: TObject<TProperties>;
  appliesTo(call: EndpointCall, input: never): boolean;
  respond(
    peer: Misbehaving,
    call: EndpointCall,
    input: never,
    honest: () => Promise<WireResponse>,
  ): Promise<WireResponse>;
}

export function defineBehaviour<S extends TObject<TProperties>>(behaviour: {
  readonly name: string;
  readonly summary: string;
  readonly input: S;
  appliesTo(call: EndpointCall, input: Static<S>): boolean;
  respond(
    peer: Misbehaving,
    call: EndpointCall,
    input: Static<S>,
    honest: () => Promise<WireResponse>,
  ): Promise<WireResponse>;
}): Behaviour {
  return behaviour as Behaviour;
}

/** A JSON answer as a peer sends it. */
export function jsonResponse(status: number, body: unknown): WireResponse {
  return {
    status,
    headers: [["Content-Type", "application/json"]],
    body: Buffer.from(JSON.stringify(body), "utf8"),
  };
}

/** An answer with its JSON object changed; one with another body stays as it is. */
export function withChangedBody(response: WireResponse, change: (body: JsonObject) => JsonObject): WireResponse {
  const parsed = parseJson(response.body);
  if (!("value" in parsed) || !isJsonObject(parsed.value)) return response;
  return { ...response, body: Buffer.from(JSON.stringify(change(parsed.value)), "utf8") };
}
