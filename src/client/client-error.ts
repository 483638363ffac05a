import { isJsonObject, type JsonValue } from "../matrix/json.js";

/** An answer as the client got it. */
export interface ClientAnswer {
  readonly status: number;
  /** Undefined when the answer was not JSON. */
  readonly body: JsonValue | undefined;
  readonly exchangeId: string;
  /** Bytes of the answer's body, where they were counted. */
  readonly bytes?: number;
}

/** The server answered a request with something other than success. */
export class ClientError extends Error {
  override readonly name = "ClientError";
  readonly status: number;
  /** The answer's `errcode`, when it has one. */
  readonly errcode: string | undefined;
  readonly exchangeId: string;

  constructor(what: string, answer: ClientAnswer, options?: ErrorOptions) {
    const { errcode, error } = isJsonObject(answer.body) ? answer.body : {};
    const details = [errcode, error].filter((part) => typeof part === "string").join(": ");
    super(`${what}: HTTP ${answer.status}${details === "" ? "" : ` ${details}`}`, options);
    this.status = answer.status;
    this.errcode = typeof errcode === "string" ? errcode : undefined;
    this.exchangeId = answer.exchangeId;
  }
}

/**
 * What `use` makes of an answer, from its form and content alone: an error it throws is the answer's fault, so that it
 * rejects with {@link ClientError}. A crash of WebAssembly stays what it is, as no answer excuses it.
 */
export async function usable<T>(what: string, answer: ClientAnswer, use: () => T | Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (cause) {
    if (cause instanceof WebAssembly.RuntimeError || cause instanceof ClientError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ClientError(`${what} gave what cannot be used, ${why}`, answer, { cause });
  }
}

/** No usable answer came back: connection lost, too slow, too large. */
export class ClientConnectionError extends Error {
  override readonly name = "ClientConnectionError";

  constructor(
    message: string,
    readonly exchangeId: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
