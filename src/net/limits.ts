/** What another server may make this process spend on one HTTP exchange. */
export interface NetLimits {
  /** Bytes of a request or response body. */
  readonly maxBodyBytes: number;
  /** Bytes of a request or response head. */
  readonly maxHeaderBytes: number;
  /** Milliseconds from the request's first byte to the answer's last. */
  readonly timeoutMs: number;
  /** Milliseconds for TCP and TLS to be established. */
  readonly connectTimeoutMs: number;
}

/** Wide enough for large media and long joins, narrow enough that a hostile server cannot exhaust the run. */
export const DEFAULT_LIMITS: NetLimits = {
  maxBodyBytes: 64 * 1024 * 1024,
  maxHeaderBytes: 64 * 1024,
  timeoutMs: 120_000,
  connectTimeoutMs: 10_000,
};
