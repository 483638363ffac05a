import type { SrvRecord } from "../matrix/server-discovery.js";
import type { WireResponse } from "../net/wire.js";

/** Which certificate is shown where another host is asked for. */
export interface ShownCertificate {
  /** The host name or address that it is for. */
  readonly for: string;
  /** Issued by an authority that nobody has reason to trust. */
  readonly untrusted?: boolean;
  /** On port 443 alone. */
  readonly siteOnly?: boolean;
}

/** What name service and web tell of a host of the lab, and whose it is; what is left out is as of any other host. */
export interface HostFacts {
  /** The name of the server that is reached there. */
  readonly server?: string;
  /** What its web site answers to whoever looks for delegation; 404 unless said. */
  readonly site?: WireResponse;
  /** Service records, by what precedes the host: `_matrix-fed._tcp`. */
  readonly services?: { readonly [service: string]: readonly SrvRecord[] };
  /** IPv6 addresses, at which nothing is. */
  readonly deadAddresses?: readonly string[];
  /** The host of which it is an alias. */
  readonly alias?: string;
  readonly certificate?: ShownCertificate;
}

/** The hosts of which something is to be told. */
export class Hosts {
  readonly #facts = new Map<string, HostFacts>();

  /** Adds to what is told of a host. */
  arrange(host: string, facts: HostFacts): void {
    const before = this.#facts.get(host);
    const services = { ...before?.services, ...facts.services };
    this.#facts.set(host, { ...before, ...facts, services });
  }

  of(host: string): HostFacts | undefined {
    return this.#facts.get(host.toLowerCase());
  }

  /** The records of a service name such as `_matrix-fed._tcp.hs1.test`. */
  services(name: string): readonly SrvRecord[] {
    const named = serviceName(name);
    return (named && this.of(named.host)?.services?.[named.service]) ?? [];
  }
}

/** The parts of a service name such as `_matrix-fed._tcp.hs1.test`, in small letters; undefined for a name of any other kind. */
export function serviceName(name: string): { readonly service: string; readonly host: string } | undefined {
  const [, service, host] = /^(_[a-z0-9-]+\._(?:tcp|udp))\.(.+)$/.exec(name.toLowerCase()) ?? [];
  return service === undefined || host === undefined ? undefined : { service, host };
}
