import { parseJson } from "../../matrix/canonical-json.js";
import type { JsonValue } from "../../matrix/json.js";
import type { ServerName } from "../../matrix/pdu.js";
import { header, type RawHeaders, type WireHandler, type WireRequest, type WireResponse } from "../../net/wire.js";
import type { Core } from "../core.js";
import { type FederationRequest, type FederationRoutes, MatrixError } from "../parts.js";
import { RawAnswer } from "../raw-answer.js";
import { type Found, Paths, Routes } from "../routes.js";
import { authenticate } from "./authenticate.js";
import type { KeyRing } from "./key-ring.js";

interface Route {
  readonly authenticated: boolean;
  readonly answer: (request: FederationRequest) => Promise<JsonValue | RawAnswer>;
}

const METHODS = ["GET", "PUT", "POST"] as const;
// Room versions 1 to 12 allow identifiers of 255 bytes, each of which may be percent-encoded.
const PATHS = new Paths(1024);

/** The federation API's endpoints: finds the route, reads the body, authenticates, answers in JSON. */
export class FederationRouter implements FederationRoutes {
  #exhausted = false;
  readonly #routes = new Routes<Route>(PATHS);

  constructor(
    private readonly core: Core,
    private readonly keys: KeyRing,
    private readonly heardFrom: (server: ServerName) => void,
  ) {}

  add(
    method: "GET" | "PUT" | "POST",
    path: string,
    options: { readonly authenticated: boolean },
    answer: Route["answer"],
  ): void {
    this.#routes.on(method, path, { authenticated: options.authenticated, answer });
  }

  readonly handle: WireHandler = async (request) => {
    try {
      const answer = await this.#answer(request);
      return answer instanceof RawAnswer ? answer.response : this.#json(200, answer);
    } catch (error) {
      if (error instanceof MatrixError) {
        const text = this.core.has("errors-without-message") ? {} : { error: error.message };
        return this.#json(error.status, { ...error.extra, errcode: error.errcode, ...text });
      }
      this.core.log(`internal error at ${request.method} ${request.target}: ${stackOf(error)}`);
      return this.#json(500, { errcode: "M_UNKNOWN", error: "internal error" });
    }
  };

  async #answer(request: WireRequest): Promise<JsonValue | RawAnswer> {
    const found = this.#find(request);
    if (found === undefined) return {};
    const { route, params } = found;
    this.#tire(request);
    const body = readBody(this.core, request);
    const origin = route.authenticated ? await authenticate(this.core, this.keys, request, body) : "";
    if (route.authenticated) this.heardFrom(origin);
    const query = new URLSearchParams(request.target.split("?")[1] ?? "");
    return route.answer({ origin, method: request.method, params, query, body, now: this.core.options.now() });
  }

  #find(request: WireRequest): Found<Route> | undefined {
    const path = request.target.split("?")[0] ?? "";
    const method = METHODS.find((known) => known === request.method);
    const found = method === undefined ? undefined : this.#routes.find(method, path);
    if (found !== undefined) return found;
    if (METHODS.some((other) => this.#routes.find(other, path) !== undefined)) {
      throw unrecognised(this.core.has("wrong-method-404") ? 404 : 405, `${request.method} is not for this endpoint`);
    }
    if (this.core.has("unrecognised-endpoint-200")) return undefined;
    throw unrecognised(404, "no such endpoint");
  }

  /** A fault: after a body of very deep nesting there is nothing but errors. */
  #tire({ body }: WireRequest): void {
    this.#exhausted ||=
      this.core.has("gives-up-after-deep-bodies") && /\[{5000}/u.test(Buffer.from(body).toString("latin1"));
    if (this.#exhausted) throw new Error("exhausted");
  }

  #encoded(text: string): Uint8Array {
    return this.core.has("answers-in-latin-1") ? Buffer.from(text, "latin1") : new TextEncoder().encode(text);
  }

  #json(status: number, body: JsonValue): WireResponse {
    const headers: RawHeaders = this.core.has("missing-content-type") ? [] : [["Content-Type", "application/json"]];
    return { status, headers, body: this.#encoded(JSON.stringify(body)) };
  }
}

function readBody(core: Core, request: WireRequest): JsonValue | undefined {
  const unreadable = (reason: string) =>
    new MatrixError(400, core.has("malformed-body-unknown") ? "M_UNKNOWN" : "M_NOT_JSON", reason);
  if (request.body.length === 0) {
    if (request.method === "GET") return undefined;
    throw unreadable("the request has no body");
  }
  if (core.has("insists-on-content-type") && header(request.headers, "content-type") !== "application/json") {
    throw unreadable("the body is not labelled as JSON");
  }
  const parsed = parseJson(request.body);
  if (!("value" in parsed)) throw unreadable(parsed.error);
  if (parsed.remarks.some(({ kind }) => kind === "invalid-utf-8")) throw unreadable("the body is not UTF-8");
  return parsed.value;
}

function unrecognised(status: number, message: string): MatrixError {
  return new MatrixError(status, "M_UNRECOGNIZED", message);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
