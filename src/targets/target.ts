import type { AccountPolicy } from "../client/accounts.js";
import type { Lab } from "../lab/lab.js";

export type { AccountPolicy };

export type Preset = "testing" | "as-shipped";

/** A server under test that has started and answers. */
export interface StartedTarget {
  /** The target's name, as in its file. */
  readonly name: string;
  readonly product: string;
  readonly vendor: string;
  readonly driver: "embedded" | "container" | "process" | "remote";
  readonly preset: Preset;
  readonly serverName: string;
  /** Base URL of the client-server API, without a trailing slash. */
  readonly clientUrl: string;
  /** What the target file declares; the offer observed at /capabilities may be smaller. */
  readonly roomVersions: readonly string[];
  readonly accounts: AccountPolicy;
  readonly image?: string;
  readonly imageDigest?: string;
  /** The server's own log so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly lab: Lab;
  /** A DNS label, unique in the run: `hs1`. */
  readonly label: string;
  readonly preset: Preset;
  /** Overrides the target file's image. */
  readonly image?: string;
  /** Embedded only: defects to switch on. */
  readonly defects?: ReadonlySet<string>;
  readonly seed: string;
  readonly signal: AbortSignal;
}
