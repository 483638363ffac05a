import { createHash } from "node:crypto";
import type { SeenExchange } from "../../src/checks/view.js";
import type { Altered, RawHeaders } from "../../src/evidence/exchange.js";
import { seenExchange } from "../../src/evidence/seen-exchange.js";
import { completeEvent } from "../../src/matrix/events/sign.js";
import type { JsonObject, JsonValue } from "../../src/matrix/json.js";
import { type SigningKey, signingKey } from "../../src/matrix/keys.js";
import type { Pdu } from "../../src/matrix/pdu.js";
import { roomVersionRules } from "../../src/matrix/room-versions.js";
import { serverKeysDocument } from "../../src/matrix/server-keys.js";
import { signRequest } from "../../src/matrix/x-matrix.js";
import { matchEndpoint } from "../../src/schema/endpoints.js";

export const NOW = 1_700_000_000_000;

/** A server with a real key, which follows from its name. */
export interface SpecServer {
  readonly name: string;
  readonly key: SigningKey;
}

export function specServer(name: string): SpecServer {
  return { name, key: signingKey(new Uint8Array(createHash("sha256").update(name).digest()), "a1") };
}

/** `one.test` and `two.test` are under test in most specs, `peer.test` never. */
export const ONE = specServer("one.test:8448");
export const TWO = specServer("two.test:8448");
export const PEER = specServer("peer.test:8448");

export function keysOf(server: SpecServer, validUntilTs = NOW + 86_400_000): JsonObject {
  return serverKeysDocument({ serverName: server.name, keys: [server.key], validUntilTs });
}

/** A complete event of a user of the server in a room of that version. */
export function specEvent(server: SpecServer, version: string, draft: Partial<Pdu> = {}): Pdu {
  const rules = roomVersionRules(version);
  const references = rules.references === "pairs" ? [] : [`$${"A".repeat(43)}`];
  const base: Pdu = {
    type: "m.room.message",
    sender: `@alice:${server.name}`,
    room_id: roomOf(version),
    content: { body: "hello", msgtype: "m.text" },
    origin_server_ts: NOW,
    depth: 5,
    prev_events: references,
    auth_events: references,
    ...(rules.eventIds === "field" ? { event_id: `$e:${server.name}` } : {}),
  };
  return completeEvent({ ...base, ...draft }, rules, server.name, server.key);
}

/** A room id of the form that the version has, the same for every event of a spec. */
export function roomOf(version: string): string {
  return roomVersionRules(version).roomIds === "domain" ? `!v${version}:${ONE.name}` : `!${"R".repeat(43)}`;
}

export interface ExchangeDraft {
  readonly from?: SpecServer;
  readonly to?: SpecServer;
  readonly method?: string;
  readonly target: string;
  readonly body?: JsonValue;
  readonly status?: number;
  readonly answer?: JsonValue;
  /** Added to the headers of the request; an `authorization` among them takes the place of the signed one, "" leaves it out. */
  readonly headers?: RawHeaders;
  readonly answerHeaders?: RawHeaders;
  /** In place of JSON. */
  readonly rawBody?: string;
  readonly rawBodyBytes?: Uint8Array;
  readonly rawAnswer?: string;
  readonly rawAnswerBytes?: Uint8Array;
  readonly sni?: string;
  readonly port?: number;
  readonly interference?: string;
  readonly altered?: Altered;
  /** Why there was no answer; there is one unless said. */
  readonly failure?: string;
  readonly kind?: "federation" | "client";
  /** Milliseconds since the Unix epoch; `NOW` unless said. */
  readonly startedAt?: number;
}

/** Keeps a body, given as it is or as JSON, under a name. */
type Keep = (name: string, raw: string | Uint8Array | undefined, json: JsonValue | undefined) => string;

let count = 0;

/** A recorded exchange, signed where its endpoint is: by default from `one.test`, with an answer of status 200. */
export function specExchange(draft: ExchangeDraft): SeenExchange {
  const { from = ONE, to = TWO, target, method = "GET" } = draft;
  const bodies = new Map<string, Uint8Array>();
  const keep: Keep = (name, raw, json) => {
    bodies.set(name, Buffer.from(raw ?? (json === undefined ? "" : JSON.stringify(json))));
    return name;
  };
  count += 1;
  return seenExchange(
    count,
    {
      id: `x${count}`,
      kind: draft.kind ?? "federation",
      from: from.name,
      to: to.name,
      startedAt: draft.startedAt ?? NOW,
      endedAt: (draft.startedAt ?? NOW) + 5,
      request: {
        method,
        target,
        headers: requestHeaders(draft, from, to),
        body: keep("request", draft.rawBodyBytes ?? draft.rawBody, draft.body),
        bodyBytes: 0,
      },
      ...(draft.failure === undefined ? answered(draft, keep) : { failure: draft.failure }),
      ...(draft.sni === undefined ? {} : { sni: draft.sni }),
      ...(draft.port === undefined ? {} : { port: draft.port }),
      ...(draft.interference === undefined ? {} : { interference: draft.interference }),
      ...(draft.altered === undefined ? {} : { altered: draft.altered }),
    },
    (name) => bodies.get(name),
  );
}

function answered(draft: ExchangeDraft, keep: Keep): Pick<SeenExchange, "response"> {
  const headers = draft.answerHeaders ?? [["Content-Type", "application/json"] as const];
  const body = keep("response", draft.rawAnswerBytes ?? draft.rawAnswer, draft.answer);
  return { response: { status: draft.status ?? 200, headers, body, bodyBytes: 0 } };
}

function requestHeaders(draft: ExchangeDraft, from: SpecServer, to: SpecServer): RawHeaders {
  const given = draft.headers ?? [];
  const has = (name: string) => given.some(([key]) => key.toLowerCase() === name);
  const type: RawHeaders =
    draft.body === undefined || has("content-type") ? [] : [["Content-Type", "application/json"]];
  const host: RawHeaders = has("host") ? [] : [["Host", to.name]];
  const rest = given.filter(([, value]) => value !== "");
  if (has("authorization") || !isSigned(draft)) return [...host, ...type, ...rest];
  return [...host, ...type, ["Authorization", authorizationFor(draft, from, to)], ...rest];
}

function isSigned({ method = "GET", target }: ExchangeDraft): boolean {
  return matchEndpoint(method, target)?.endpoint.signed === true;
}

/** The header with which `from` signs the request to `to`. */
export function authorizationFor(draft: ExchangeDraft, from: SpecServer = ONE, to: SpecServer = TWO): string {
  const { method = "GET", target: uri, body: content } = draft;
  return signRequest({ method, uri, origin: from.name, destination: to.name, content }, from.key);
}

/** A transaction from one server to another. */
export function transaction(
  pdus: readonly JsonValue[],
  edus: readonly JsonValue[] = [],
  rest: Partial<ExchangeDraft> = {},
) {
  const from = rest.from ?? ONE;
  const body: JsonValue = { origin: from.name, origin_server_ts: NOW, pdus, edus };
  return specExchange({ method: "PUT", target: "/_matrix/federation/v1/send/t1", body, answer: { pdus: {} }, ...rest });
}
