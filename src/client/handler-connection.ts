import type { JsonObject, JsonValue } from "../matrix/json.js";
import type { WireHandler } from "../net/wire.js";
import type { ClientAnswer } from "./client-error.js";
import type { ClientTransport, RequestOptions, Sender } from "./connection.js";

/** The client API of a server in this process, without HTTP between: nothing is recorded, as nothing of it is under test. */
export class HandlerConnection implements ClientTransport {
  readonly #handler: WireHandler;

  constructor(handler: WireHandler) {
    this.#handler = handler;
  }

  async send(
    sender: Sender,
    method: string,
    path: string,
    body?: JsonValue,
    options: RequestOptions = {},
  ): Promise<ClientAnswer> {
    const { accessToken } = sender;
    const response = await this.#handler({
      method,
      target: path,
      headers: accessToken === undefined ? [] : [["Authorization", `Bearer ${accessToken}`]],
      body: body === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(body)),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    options.signal?.throwIfAborted();
    const answer = JSON.parse(new TextDecoder().decode(response.body)) as JsonObject;
    return { status: response.status, body: answer, exchangeId: "" };
  }
}
