import type { ServerName } from "./pdu.js";
import { type ParsedServerName, parseServerName } from "./server-name.js";
import { readWellKnown } from "./well-known.js";

const DEFAULT_PORT = 8448;

/** The step of server-server-api#resolving-server-names that settled where to connect. */
export type DiscoveryStep = "1" | "2" | "3.1" | "3.2" | "3.3" | "3.4" | "3.5" | "4" | "5" | "6";

export interface SrvRecord {
  readonly target: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/** Something only the network knows, to be asked by whoever drives the discovery. */
export type Lookup =
  /** GET `https://<host>/.well-known/matrix/server` on 443 with ordinary certificate checks, redirects followed. */
  | { readonly kind: "well-known"; readonly host: string }
  | { readonly kind: "srv"; readonly name: string }
  /** AAAA and A, through CNAMEs unless `direct`: the target of an SRV record is no alias (RFC 2782). */
  | { readonly kind: "addresses"; readonly name: string; readonly direct: boolean };

export type LookupAnswer =
  | { readonly kind: "well-known"; readonly status: number; readonly body: Uint8Array }
  /** No HTTP answer: no connection, a bad certificate, a redirect loop. */
  | { readonly kind: "well-known-failed" }
  /** Empty when there is no such record. */
  | { readonly kind: "srv"; readonly records: readonly SrvRecord[] }
  | { readonly kind: "addresses"; readonly addresses: readonly string[] };

/** An address to dial. IPv6 addresses have no brackets here. */
export interface Address {
  readonly address: string;
  readonly port: number;
}

/** How to reach a server: what to dial, what to say, whom to trust. */
export interface Route {
  readonly step: DiscoveryStep;
  /** In the order in which to try them. */
  readonly addresses: readonly Address[];
  readonly hostHeader: string;
  /** What the certificate must be valid for, without port or brackets; `dns` names are also the SNI. */
  readonly certificateName: { readonly kind: "ip" | "dns"; readonly value: string };
}

/** Where the discovery stands. */
export type Discovery =
  | { readonly state: "asking"; readonly lookup: Lookup; answer(answer: LookupAnswer): Discovery }
  | { readonly state: "found"; readonly route: Route }
  | { readonly state: "failed"; readonly reason: string };

/** A wrong kind of answer: a defect of the driver, not of the network. */
export class UnexpectedAnswerError extends Error {
  readonly code = "UNEXPECTED_ANSWER";

  constructor(expected: Lookup["kind"], got: LookupAnswer["kind"]) {
    super(`the lookup of kind ${expected} was answered with one of kind ${got}`);
    this.name = "UnexpectedAnswerError";
  }
}

/**
 * Resolves a server name without touching the network: says what to look up, takes the answer, and so on until there is a route
 * (server-server-api#resolving-server-names). Never throws for what servers answer.
 */
export function discover(serverName: ServerName): Discovery {
  const parsed = parseServerName(serverName);
  if (parsed === undefined) return { state: "failed", reason: "not a server name" };
  if (parsed.kind !== "dns" || parsed.port !== undefined) return direct(parsed, { ip: "1", port: "2" });
  return askWellKnown(parsed.host);
}

function direct(name: ParsedServerName, steps: { ip: DiscoveryStep; port: DiscoveryStep }): Discovery {
  const port = name.port ?? DEFAULT_PORT;
  const hostHeader = name.port === undefined ? name.host : `${name.host}:${name.port}`;
  if (name.kind === "dns") {
    const target = { name: name.host, port, direct: false };
    return askAddresses([target], { step: steps.port, hostHeader, certificateName: { kind: "dns", value: name.host } });
  }
  const address = name.kind === "ipv6" ? name.host.slice(1, -1) : name.host;
  const certificateName = { kind: "ip", value: address } as const;
  return { state: "found", route: { step: steps.ip, addresses: [{ address, port }], hostHeader, certificateName } };
}

function askWellKnown(host: string): Discovery {
  return {
    state: "asking",
    lookup: { kind: "well-known", host },
    answer: (answer) => {
      if (answer.kind === "well-known-failed") return askSrv(host, WITHOUT_DELEGATION);
      if (answer.kind !== "well-known") throw new UnexpectedAnswerError("well-known", answer.kind);
      const wellKnown = readWellKnown(answer.status, answer.body);
      const delegated = wellKnown.ok ? parseServerName(wellKnown.delegatedTo) : undefined;
      if (delegated === undefined) return askSrv(host, WITHOUT_DELEGATION);
      if (delegated.kind !== "dns" || delegated.port !== undefined)
        return direct(delegated, { ip: "3.1", port: "3.2" });
      return askSrv(delegated.host, WITH_DELEGATION);
    },
  };
}

interface SrvPlan {
  readonly services: readonly { readonly prefix: string; readonly step: DiscoveryStep }[];
  readonly fallback: DiscoveryStep;
}

const WITH_DELEGATION: SrvPlan = {
  services: [
    { prefix: "_matrix-fed._tcp", step: "3.3" },
    { prefix: "_matrix._tcp", step: "3.4" },
  ],
  fallback: "3.5",
};

const WITHOUT_DELEGATION: SrvPlan = {
  services: [
    { prefix: "_matrix-fed._tcp", step: "4" },
    { prefix: "_matrix._tcp", step: "5" },
  ],
  fallback: "6",
};

// Whatever the SRV target is called, the host itself must be named and certified: DNS proves nothing.
function askSrv(host: string, plan: SrvPlan): Discovery {
  const identity = { hostHeader: host, certificateName: { kind: "dns", value: host } } as const;
  const [service, ...others] = plan.services;
  if (service === undefined) {
    return askAddresses([{ name: host, port: DEFAULT_PORT, direct: false }], { step: plan.fallback, ...identity });
  }
  return {
    state: "asking",
    lookup: { kind: "srv", name: `${service.prefix}.${host}` },
    answer: (answer) => {
      if (answer.kind !== "srv") throw new UnexpectedAnswerError("srv", answer.kind);
      if (answer.records.length === 0) return askSrv(host, { ...plan, services: others });
      return askAddresses(targetsOf(answer.records), { step: service.step, ...identity });
    },
  };
}

interface Target {
  readonly name: string;
  readonly port: number;
  readonly direct: boolean;
}

// By priority, then the heavier first: RFC 2782 draws lots among equals, but there is no chance here.
// The target "." says that the service is decidedly not offered.
function targetsOf(records: readonly SrvRecord[]): readonly Target[] {
  return [...records]
    .sort((a, b) => a.priority - b.priority || b.weight - a.weight)
    .map(({ target, port }) => ({ name: target.replace(/\.$/, ""), port, direct: true }))
    .filter(({ name }) => name !== "");
}

function askAddresses(
  targets: readonly Target[],
  route: Omit<Route, "addresses">,
  found: readonly Address[] = [],
): Discovery {
  const [target, ...others] = targets;
  if (target === undefined) {
    if (found.length === 0) return { state: "failed", reason: `no address for ${route.hostHeader}` };
    return { state: "found", route: { ...route, addresses: found } };
  }
  return {
    state: "asking",
    lookup: { kind: "addresses", name: target.name, direct: target.direct },
    answer: (answer) => {
      if (answer.kind !== "addresses") throw new UnexpectedAnswerError("addresses", answer.kind);
      const added = answer.addresses.map((address) => ({ address, port: target.port }));
      return askAddresses(others, route, [...found, ...added]);
    },
  };
}
