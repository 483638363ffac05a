/** Why no HTTP answer came back. */
export type NetErrorCode =
  | "unknown-name"
  /** This host has no more sockets, files or addresses to give. */
  | "local"
  /** An interim answer that nobody asked for, which is legal (RFC 9110 section 15.2), and which the HTTP client does not take. */
  | "interim"
  | "connect"
  | "tls"
  | "cut"
  | "timeout"
  | "too-large"
  | "aborted"
  | "malformed";

/** An HTTP exchange that ended without an answer. */
export class NetError extends Error {
  override readonly name = "NetError";

  constructor(
    readonly code: NetErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const CODES: ReadonlyMap<string, NetErrorCode> = new Map(
  Object.entries({
    EMFILE: "local",
    ENFILE: "local",
    ENOBUFS: "local",
    ENOMEM: "local",
    EADDRNOTAVAIL: "local",
    ECONNREFUSED: "connect",
    EHOSTUNREACH: "connect",
    ENETUNREACH: "connect",
    ETIMEDOUT: "connect",
    UND_ERR_CONNECT_TIMEOUT: "connect",
    ECONNRESET: "cut",
    EPIPE: "cut",
    UND_ERR_SOCKET: "cut",
    UND_ERR_CLOSED: "cut",
    UND_ERR_DESTROYED: "cut",
    UND_ERR_HEADERS_TIMEOUT: "timeout",
    UND_ERR_BODY_TIMEOUT: "timeout",
    UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "malformed",
    UND_ERR_RES_EXCEEDED_MAX_SIZE: "too-large",
    UND_ERR_HEADERS_OVERFLOW: "too-large",
    HPE_HEADER_OVERFLOW: "too-large",
  } as const),
);

/** Names what went wrong below HTTP; the original error stays as `cause`. */
export function asNetError(cause: unknown, destination: string): NetError {
  if (cause instanceof NetError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const code = codeOf(cause);
  return new NetError(code, `no HTTP answer from ${destination}: ${text || code}`, { cause });
}

function codeOf(cause: unknown): NetErrorCode {
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const text = cause instanceof Error ? cause.message : "";
  if (code === "UND_ERR_SOCKET" && text === "bad response") return "interim";
  const known = CODES.get(code);
  if (known) return known;
  if (code.startsWith("ERR_TLS") || code.startsWith("ERR_SSL") || /CERT|SELF_SIGNED|UNABLE_TO/.test(code)) return "tls";
  if (cause instanceof Error && cause.name === "HTTPParserError") return "malformed";
  if (code.startsWith("HPE_") || code.startsWith("UND_ERR_INVALID") || code.startsWith("UND_ERR_REQ"))
    return "malformed";
  if (cause instanceof Error && cause.name === "AbortError") return "aborted";
  return "cut";
}
