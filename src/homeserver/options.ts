import type { SigningKey } from "../matrix/keys.js";
import type { RetiredKey } from "../matrix/server-keys.js";
import type { RouteFinder } from "../net/look-ups.js";
import type { FederationTransport } from "../net/wire.js";

export interface HomeserverOptions {
  /** With its port, as it stands in user ids. */
  readonly serverName: string;
  /** The current key; read anew for each use, so that it may be replaced. */
  readonly signingKey: SigningKey;
  /** Keys of the past, listed so that what they signed stays verifiable (server-server-api#publishing-keys). */
  readonly retiredKeys?: readonly RetiredKey[];
  readonly transport: FederationTransport;
  /** The way that the transport takes to a server, for faults that make something of it. */
  readonly routeTo?: RouteFinder;
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Random bytes, deterministic under a run's seed. */
  random(length: number): Uint8Array;
  /** Room versions offered; all twelve unless said. */
  readonly roomVersions?: readonly string[];
  readonly defaultRoomVersion?: string;
  /** Faults switched on, by name (see `defects/`). */
  readonly defects?: ReadonlySet<string>;
  /** Waits between attempts to deliver a transaction; rejects when aborted. A real timer unless given. */
  sleep?(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** One line of the server's own log. */
  log?(line: string): void;
}
