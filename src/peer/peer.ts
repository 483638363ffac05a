import { Homeserver } from "../homeserver/homeserver.js";
import type { HomeserverOptions } from "../homeserver/options.js";
import { isJsonObject, type JsonValue, listOf } from "../matrix/json.js";
import type { SigningKey } from "../matrix/keys.js";
import { readJson } from "../matrix/read-json.js";
import { parseXMatrix } from "../matrix/x-matrix.js";
import { header, type WireRequest, type WireResponse } from "../net/wire.js";
import { matchEndpoint } from "../schema/endpoints.js";
import { Arrivals } from "./arrivals.js";
import type { Behaviour, EndpointCall } from "./behaviours/define.js";
import { BEHAVIOURS } from "./behaviours/index.js";
import { type AuthorizationTweak, forgedAuthorization } from "./forged-authorization.js";
import { PeerKeys } from "./peer-keys.js";

/** Endpoint groups that any server may call on any other at any time; a scenario opens the others with `allows:`. */
const ALWAYS_ALLOWED: readonly string[] = ["keys", "version", "send", "events", "query", "devices", "directory"];

export interface PeerOptions extends HomeserverOptions {
  readonly allows: readonly string[];
  /** Hears of each request that the scenario did not allow for. */
  onViolation(violation: {
    readonly origin: string | undefined;
    readonly method: string;
    readonly target: string;
  }): void;
}

/** What a peer sends outside the ordinary course: any request, any authorization, any bytes. */
export interface PeerRequest {
  readonly destination: string;
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly uri: string;
  readonly content?: JsonValue;
  /** Bytes to send instead of the content, which stays what is signed. */
  readonly bytes?: Uint8Array;
  /** Sent besides, or instead of, those that a conforming server sends; one with an empty value is left out. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly authorization?: AuthorizationTweak;
  /** False for endpoints that are called without signature. */
  readonly signed?: boolean;
  readonly signal?: AbortSignal;
}

interface Deviation {
  readonly behaviour: Behaviour;
  readonly input: never;
  /** On how many more requests. */
  readonly left: number;
}

/**
 * What a peer lets pass where a server should refuse: expectations judge it, and what follows can still be seen
 * (server-server-api#put_matrixfederationv2inviteroomideventid).
 */
const TOLERANCES: ReadonlySet<string> = new Set(["accepts-invites-without-create"]);

/** No HTTP answer came back to a peer's request. */
export class UnansweredError extends Error {
  override readonly name = "UnansweredError";
}

/** An engineered homeserver: honest unless told otherwise, everything that comes to it observed. */
export class Peer {
  readonly homeserver: Homeserver;
  readonly arrivals = new Arrivals();
  private readonly allowed: Set<string>;
  private readonly keys: PeerKeys;
  private inForce: readonly Deviation[] = [];

  constructor(private readonly options: PeerOptions) {
    const keys = new PeerKeys(options.signingKey);
    this.keys = keys;
    this.homeserver = new Homeserver({
      defects: TOLERANCES,
      ...options,
      get signingKey() {
        return keys.current;
      },
      get retiredKeys() {
        return keys.retired;
      },
    });
    this.allowed = new Set([...ALWAYS_ALLOWED, ...options.allows]);
  }

  get signingKey(): SigningKey {
    return this.keys.current;
  }

  /** The key that was replaced last; undefined before any rotation. */
  get retiredKey(): SigningKey | undefined {
    return this.keys.retired[0]?.key;
  }

  /** Signs with a fresh key from now on; the one before is listed as having expired at that time, in milliseconds. */
  rotateKey(seed: Uint8Array, expiredTs: number): void {
    this.keys.rotate(seed, expiredTs);
  }

  get serverName(): string {
    return this.options.serverName;
  }

  /**
   * Puts a deviation in force, for so many requests where that is said; a later one takes precedence.
   * Throws when no behaviour has that name.
   */
  behave(name: string, input: unknown, times = Number.POSITIVE_INFINITY): void {
    const behaviour = BEHAVIOURS.find((known) => known.name === name);
    if (behaviour === undefined) throw new Error(`no behaviour ${name}`);
    this.inForce = [{ behaviour, input: input as never, left: times }, ...this.inForce];
  }

  /** Honest again. */
  behaveWell(): void {
    this.inForce = [];
  }

  readonly handle = async (request: WireRequest): Promise<WireResponse> => {
    const matched = matchEndpoint(request.method, request.target);
    const endpoint = matched?.endpoint;
    const call: EndpointCall = { endpoint: endpoint?.id ?? "unknown", group: endpoint?.group ?? "unknown", request };
    const origin = parseXMatrix(header(request.headers, "authorization") ?? "")?.origin;
    if (!this.allowed.has(call.group)) {
      this.options.onViolation({ origin, method: request.method, target: request.target });
    }
    const honest = () => this.homeserver.handleFederation(request);
    const deviation = this.deviationFor(call);
    const self = { serverName: this.serverName, signingKey: this.signingKey, now: this.options.now };
    const body = this.note(call, origin);
    const { target } = request;
    let response: WireResponse;
    try {
      response = await (deviation?.behaviour.respond(self, call, deviation.input, honest) ?? honest());
    } finally {
      // Only now: whoever waits for an event may build upon it at once.
      if (call.endpoint === "send") this.noteUnits(origin, body);
    }
    this.arrivals.add({ kind: "answer", origin, endpoint: call.endpoint, target, body, status: response.status });
    return response;
  };

  /** Sends a request, signed unless told otherwise. Rejects with UnansweredError when no HTTP answer came back. */
  async send(request: PeerRequest): Promise<WireResponse> {
    const { destination, method, uri, content } = request;
    const authorization =
      request.signed === false
        ? undefined
        : forgedAuthorization(
            { method, uri, origin: this.serverName, destination, ...(content === undefined ? {} : { content }) },
            this.keys,
            request.authorization ?? {},
          );
    const body = request.bytes ?? (content === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(content)));
    const saysType = request.headers?.some(([name]) => name.toLowerCase() === "content-type") ?? false;
    const wire: WireRequest = {
      method,
      target: uri,
      headers: [
        ...(authorization === undefined ? [] : ([["Authorization", authorization]] as const)),
        ...(body.length === 0 || saysType ? [] : ([["Content-Type", "application/json"]] as const)),
        ...(request.headers ?? []).filter(([, value]) => value !== ""),
      ],
      body,
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    };
    return this.options.transport(destination, wire).catch((cause: unknown) => {
      throw new UnansweredError(cause instanceof Error ? cause.message : String(cause), { cause });
    });
  }

  stop(): void {
    this.homeserver.stop();
  }

  /** The newest deviation that concerns the call, counted down where it has a number of times. */
  private deviationFor(call: EndpointCall): Deviation | undefined {
    const found = this.inForce.find(({ behaviour, input, left }) => left > 0 && behaviour.appliesTo(call, input));
    if (found !== undefined) {
      this.inForce = this.inForce.map((one) => (one === found ? { ...one, left: one.left - 1 } : one));
    }
    return found;
  }

  /** Notes a request; gives its body. */
  private note(call: EndpointCall, origin: string | undefined): JsonValue | undefined {
    const { request } = call;
    const body = readJson(request.body);
    this.arrivals.add({
      kind: "request",
      origin,
      endpoint: call.endpoint,
      method: request.method,
      target: request.target,
      body,
    });
    return body;
  }

  /** Notes what a transaction holds, once the peer has dealt with it. */
  private noteUnits(origin: string | undefined, body: JsonValue | undefined): void {
    if (!isJsonObject(body)) return;
    for (const pdu of listOf(body.pdus)) if (isJsonObject(pdu)) this.arrivals.add({ kind: "pdu", origin, pdu });
    for (const edu of listOf(body.edus)) {
      const content = isJsonObject(edu) ? edu.content : undefined;
      if (!isJsonObject(edu) || typeof edu.edu_type !== "string" || !isJsonObject(content)) continue;
      this.arrivals.add({ kind: "edu", origin, eduType: edu.edu_type, content });
    }
  }
}
