/** What another server may make this process spend. */
export interface NetLimits {
  /** Bytes of a request or response body. */
  readonly maxBodyBytes: number;
  /** Bytes of a request or response head. */
  readonly maxHeaderBytes: number;
  /** Milliseconds from the request's first byte to the answer's last. */
  readonly timeoutMs: number;
  /** Milliseconds for TCP and TLS to be established. */
  readonly connectTimeoutMs: number;
  /** Milliseconds for a request to arrive whole at a listener. */
  readonly arrivalTimeoutMs: number;
  /** Connections that a listener holds at a time; more are closed at once. */
  readonly maxConnections: number;
  /** Bytes of bodies that a listener reads at a time, all connections together. */
  readonly maxBufferedBytes: number;
}

/** Wide enough for large media and long joins, narrow enough that a hostile server cannot exhaust the run. */
export const DEFAULT_LIMITS: NetLimits = {
  maxBodyBytes: 64 * 1024 * 1024,
  maxHeaderBytes: 64 * 1024,
  timeoutMs: 120_000,
  connectTimeoutMs: 10_000,
  arrivalTimeoutMs: 120_000,
  maxConnections: 4096,
  maxBufferedBytes: 256 * 1024 * 1024,
};

/** A minute at most for a request's head, and how often a listener looks for connections that are late. */
export function listenerTimes({ arrivalTimeoutMs }: NetLimits) {
  return {
    requestTimeout: arrivalTimeoutMs,
    headersTimeout: Math.min(60_000, arrivalTimeoutMs),
    connectionsCheckingInterval: Math.min(30_000, Math.ceil(arrivalTimeoutMs / 4)),
  };
}
