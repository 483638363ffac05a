import type { AccountPolicy } from "../client/accounts.js";
import type { Lab } from "../lab/lab.js";

export type { AccountPolicy };

export type Preset = "testing" | "as-shipped";

/** Takes a server down and up again, on the data that it had. */
export interface Power {
  /** Resolves once it is down; at once where it is. */
  shutDown(): Promise<void>;
  /** Resolves once it answers again; at once where it does. */
  startUp(signal: AbortSignal): Promise<void>;
}

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
  /** Absent where the server cannot be restarted, or would lose its data. */
  readonly power?: Power;
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
  /** Whether its data must outlive a restart. */
  readonly durable?: boolean;
  readonly seed: string;
  readonly signal: AbortSignal;
}
