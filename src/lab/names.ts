import { createHash } from "node:crypto";
import { LabError } from "./lab-error.js";

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The port in the server names of a lab: the default one, so that names with and without it lead to the same listener. */
export const FEDERATION_PORT = 8448;

/** Where web sites are, and with them the delegation of server names (server-server-api#resolving-server-names). */
export const WEB_PORT = 443;

/** The DNS zone of a run, under the top-level domain kept for tests (RFC 6761). Short, because it stands in every id. */
export function zoneOf(runId: string): string {
  return `r${createHash("sha256").update(runId).digest("hex").slice(0, 6)}.test`;
}

/** Gives out DNS names in a zone, none twice. */
export class NameRegistry {
  readonly #hosts = new Set<string>();

  constructor(readonly zone: string) {}

  /** A host name that starts with the label; numbered where the label is taken. */
  host(label: string): string {
    if (!LABEL.test(label))
      throw new LabError("bad-label", `"${label}" is no DNS label`, "use a-z, 0-9 and inner hyphens");
    let host = `${label}.${this.zone}`;
    for (let next = 2; this.#hosts.has(host); next += 1) host = `${label}-${next}.${this.zone}`;
    this.#hosts.add(host);
    return host;
  }

  has(host: string): boolean {
    return this.#hosts.has(host.toLowerCase());
  }

  /** What covers every name of the zone in a certificate (RFC 6125 section 6.4.3). */
  get wildcard(): string {
    return `*.${this.zone}`;
  }
}

/** The host part of a server name; brackets of an IPv6 literal are taken off. */
export function hostOf(serverName: string): string {
  if (serverName.startsWith("[")) return serverName.slice(1, serverName.indexOf("]"));
  const colon = serverName.lastIndexOf(":");
  return colon === -1 ? serverName : serverName.slice(0, colon);
}
