import type { JsonObject } from "../../matrix/json.js";
import { isJsonObject } from "../../matrix/json.js";
import { readJson } from "../../matrix/read-json.js";
import { header, type WireHandler, type WireRequest, type WireResponse } from "../../net/wire.js";
import type { Accounts } from "../accounts/accounts.js";
import { MatrixError } from "../parts.js";
import { RawAnswer } from "../raw-answer.js";
import { type Found, Paths, Routes } from "../routes.js";
import type {
  ClientMethod,
  ClientRequest,
  ClientRoutes,
  FileAnswer,
  OpenAnswer,
  Requester,
  UserAnswer,
} from "./request.js";

const METHODS: readonly ClientMethod[] = ["GET", "PUT", "POST", "DELETE"];
const PREFIX = "/_matrix/client";
const PATHS = new Paths(4096);

interface Route {
  readonly answer: (request: ClientRequest, token: string | undefined, sent: WireRequest) => unknown;
  /** The body is a file, whatever it holds. */
  readonly takesFile?: true;
}

/** The client API's own router: authentication by access token, JSON in and out, standard errors (client-server-api#standard-error-response). */
export class ClientRouter implements ClientRoutes {
  readonly #routes = new Routes<Route>(PATHS);
  readonly #accounts: Accounts;
  readonly #stopped = new AbortController();
  readonly #log: (line: string) => void;

  constructor(accounts: Accounts, log: (line: string) => void) {
    this.#accounts = accounts;
    this.#log = log;
  }

  open(method: ClientMethod, path: string, answer: OpenAnswer): void {
    this.#on(method, path, { answer: (request) => answer(request) });
  }

  user(method: ClientMethod, path: string, answer: UserAnswer): void {
    this.#on(method, path, {
      answer: (request, token) => answer({ ...request, requester: this.#requester(token) }),
    });
  }

  file(method: ClientMethod, path: string, answer: FileAnswer): void {
    const route: Route = {
      takesFile: true,
      answer: (_, token, { headers, body }) => {
        this.#requester(token);
        return answer({ type: header(headers, "content-type") ?? "application/octet-stream", bytes: body });
      },
    };
    this.#routes.on(method, path, route);
  }

  /** Ends every long poll that is still waiting. */
  stop(): void {
    this.#stopped.abort(new Error("the homeserver is stopping"));
  }

  readonly handle: WireHandler = async (request) => {
    if (request.method === "OPTIONS") return jsonResponse(200, {});
    try {
      const answer = await this.#dispatch(request);
      return answer instanceof RawAnswer ? answer.response : jsonResponse(200, answer);
    } catch (error) {
      return this.#failure(request, error);
    }
  };

  #on(method: ClientMethod, path: string, route: Route): void {
    this.#routes.on(method, `${PREFIX}${path}`, route);
  }

  async #dispatch(request: WireRequest): Promise<unknown> {
    const cut = request.target.indexOf("?");
    const path = cut < 0 ? request.target : request.target.slice(0, cut);
    const query = new URLSearchParams(cut < 0 ? "" : request.target.slice(cut + 1));
    const { route, params } = this.#find(request.method, path);
    const signal = AbortSignal.any([this.#stopped.signal, ...(request.signal === undefined ? [] : [request.signal])]);
    const endpoint = `${request.method} ${path}`;
    const body = route.takesFile === true ? {} : bodyOf(request);
    return route.answer({ params, query, body, signal, endpoint }, accessToken(request, query), request);
  }

  #find(method: string, path: string): Found<Route> {
    const known = METHODS.find((name) => name === method);
    const found = known === undefined ? undefined : this.#routes.find(known, path);
    if (found !== undefined) return found;
    if (METHODS.some((other) => this.#routes.find(other, path) !== undefined)) {
      throw new MatrixError(405, "M_UNRECOGNIZED", `${method} is not a method of this endpoint`);
    }
    throw new MatrixError(404, "M_UNRECOGNIZED", "no such endpoint");
  }

  #requester(token: string | undefined): Requester {
    if (token === undefined) throw new MatrixError(401, "M_MISSING_TOKEN", "an access token is needed");
    const session = this.#accounts.session(token);
    if (session === undefined)
      throw new MatrixError(401, "M_UNKNOWN_TOKEN", "the access token is not known", { soft_logout: false });
    return session;
  }

  #failure(request: WireRequest, error: unknown): WireResponse {
    if (error instanceof MatrixError) {
      return jsonResponse(error.status, { ...error.extra, errcode: error.errcode, error: error.message });
    }
    if (!this.#stopped.signal.aborted && request.signal?.aborted !== true) {
      this.#log(
        `client api: ${request.method} ${request.target}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
    return jsonResponse(500, { errcode: "M_UNKNOWN", error: "internal error" });
  }
}

function accessToken(request: WireRequest, query: URLSearchParams): string | undefined {
  const authorization = header(request.headers, "authorization");
  if (authorization?.startsWith("Bearer ") === true) return authorization.slice("Bearer ".length);
  return query.get("access_token") ?? undefined;
}

function bodyOf(request: WireRequest): JsonObject {
  if (request.method === "GET" || request.body.length === 0) return {};
  const value = readJson(request.body);
  if (value === undefined) throw new MatrixError(400, "M_NOT_JSON", "the body is not JSON");
  if (!isJsonObject(value)) throw new MatrixError(400, "M_BAD_JSON", "the body must be a JSON object");
  return value;
}

function jsonResponse(status: number, body: unknown): WireResponse {
  return {
    status,
    headers: [
      ["Content-Type", "application/json"],
      ["Access-Control-Allow-Origin", "*"],
      ["Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS"],
      ["Access-Control-Allow-Headers", "X-Requested-With, Content-Type, Authorization"],
    ],
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}
