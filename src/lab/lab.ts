import type { LookUps, RouteFinder } from "../net/look-ups.js";
import type { FederationTransport, WireHandler } from "../net/wire.js";
import type { Replay } from "./altering/alterations.js";
import type { AlterationRule } from "./altering/rule.js";
import type { HostFacts } from "./hosts.js";

/** Where the tap takes what it receives for a server name. */
export type Upstream =
  /** A server inside this process: embedded target or peer. */
  | { readonly kind: "handler"; readonly handler: WireHandler }
  /** A server that listens for TLS; its certificate is verified for `serverName` against the lab's CA unless `ca` is given. */
  | { readonly kind: "tls"; readonly host: string; readonly port: number; readonly ca?: string };

/** How server names look: DNS names answered by the lab's own DNS, or loopback addresses where no resolver can be given to a server. */
export type Naming = "dns" | "loopback";

export interface LabCertificate {
  /** PEM, leaf first, then the CA. */
  readonly certificate: string;
  readonly key: string;
}

/** What a run builds around the servers. Torn down by `close`. */
export interface Lab {
  readonly runId: string;
  readonly naming: Naming;
  /** PEM of the run's own certification authority. */
  readonly ca: string;
  /** PEM of its private key, for servers that make their own certificate under it (Complement-ready images). */
  readonly caKey: string;
  /** The Docker network of the run, when containers take part. */
  readonly network?: { readonly name: string; readonly gateway: string };
  /**
   * A new server name (with its port), never given twice in a run; `label` is a DNS label such as `hs1` or `p7-x3k`.
   * `portless` leaves the port out, so that others must discover the server; DNS naming only.
   */
  name(label: string, options?: { readonly portless?: boolean }): string;
  /** A loopback address that nothing else of this host uses, for a server that runs as a process. */
  loopbackAddress(): string;
  certificateFor(serverName: string): Promise<LabCertificate>;
  /** Why servers cannot be made to look for others by name here; undefined where they can. */
  readonly noLookUps: string | undefined;
  /** A port besides the default one at which every host of the lab is reached; undefined where nothing is looked up. */
  readonly otherPort: number | undefined;
  /** A new host name of the lab, which is no server's name; DNS naming only. */
  host(label: string): string;
  /** A new server name that is an address and a port: of a server of its own, or of one that has a name already. */
  addressName(server?: string): Promise<string>;
  /** Has name service, web and certificates tell something of a host, or of a name that {@link addressName} gave. */
  arrange(host: string, facts: HostFacts): Promise<void>;
  /** Puts a server behind its name: from now on the tap records and forwards what comes for it. */
  attach(serverName: string, upstream: Upstream): void;
  /** Takes a server away: nothing reaches it, and what it has asked is answered still; then its connections end. */
  detach(serverName: string): void;
  /**
   * The way out for a server of this process. Goes through the tap, which attributes the traffic to `from`. Names of which
   * something is arranged are looked for by the finder, as the specification has it unless another one is given.
   */
  transportFor(from: string, finder?: (lookUps: LookUps) => RouteFinder): FederationTransport;
  /** Tells the tap which server sends from an address (a container's), to attribute its traffic. */
  attribute(address: string, serverName: string): void;
  /** Breaks (or mends) the path between two servers, both ways: requests then fail as on a cut line. */
  partition(a: string, b: string): void;
  heal(a: string, b: string): void;
  /** Resolves once a request from the one to the other was lost since their path was cut; rejects with the signal's reason. */
  lost(from: string, to: string, signal: AbortSignal): Promise<void>;
  /** Has the tap alter, lose or hold back what one server sends to another, from now on. */
  alter(rule: AlterationRule): void;
  /** Ends the rules whose ids begin so; what they hold back stays held. */
  stopAltering(prefix: string): void;
  /** Ends those rules, and forgets all that is kept about them. */
  forgetAlterations(prefix: string): void;
  /** Resolves to the ids of the exchanges to which the rule was applied, once there are so many; rejects with the signal's reason. */
  altered(rule: string, times: number, signal: AbortSignal): Promise<readonly string[]>;
  /** Sends on what a rule has held back, one after the other, the oldest first unless reversed. Resolves to the exchanges' ids. */
  release(rule: string, order: "as-sent" | "reversed", signal: AbortSignal): Promise<readonly string[]>;
  /** Sends a request once more to a server, as it was sent before. Resolves to the exchange's id. */
  replay(replay: Replay, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}
