import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import { readJson } from "../../matrix/read-json.js";
import type { RawHeaders } from "../../net/wire.js";
import type { HomeserverOptions } from "../options.js";
import { MatrixError } from "../parts.js";

const HTTPS_PORT = 443;

/** A request to an identity server, for a user who gave an access token for it. */
export interface IdentityRequest {
  readonly method: "GET" | "POST";
  /** Path and query. */
  readonly target: string;
  readonly token?: string;
  readonly content?: JsonObject;
}

/** Servers that know whose address is whose (identity-service-api). */
export class IdentityServers {
  constructor(private readonly options: Pick<HomeserverOptions, "transport">) {}

  /** The body of a 2xx answer; rejects with MatrixError 502 otherwise. */
  async ask(server: string, { method, target, token, content }: IdentityRequest): Promise<JsonObject> {
    const headers: RawHeaders = [
      ...(token === undefined ? [] : ([["Authorization", `Bearer ${token}`]] as const)),
      ...(content === undefined ? [] : ([["Content-Type", "application/json"]] as const)),
    ];
    const body = content === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(content));
    const answered = this.options.transport(server, { method, target, headers, body });
    const response = await answered.catch((error: unknown) => {
      throw unusable(server, error instanceof Error ? error.message : String(error));
    });
    const answer = readJson(response.body);
    if (response.status >= 300 || !isJsonObject(answer)) throw unusable(server, `it answered ${response.status}`);
    return answer;
  }

  /** Whether a key still holds, by the address that its invitation gives (client-server-api#mroomthird_party_invite). */
  async keyHolds(address: string, publicKey: string): Promise<boolean> {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url?.protocol !== "https:") throw unusable(address, "that is no address to ask");
    url.searchParams.set("public_key", publicKey);
    const server = `${url.hostname}:${url.port === "" ? HTTPS_PORT : url.port}`;
    const answer = await this.ask(server, { method: "GET", target: `${url.pathname}${url.search}` });
    return answer.valid === true;
  }
}

function unusable(server: string, reason: string): MatrixError {
  return new MatrixError(502, "M_UNKNOWN", `the identity server ${server} is of no help: ${reason}`);
}
