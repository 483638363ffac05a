import type { WireRequest, WireResponse } from "../net/wire.js";
import type { Hosts } from "./hosts.js";
import { hostOf } from "./names.js";

/** Where a request came in. */
export interface Door {
  /** As other servers know it. */
  readonly port: number;
  /** Port 443: a web site, and only a Host that is a whole server name is a server there. */
  readonly web: boolean;
  /** The only server behind it. */
  readonly server?: string;
}

const NO_PAGE: WireResponse = { status: 404, headers: [], body: new Uint8Array() };

/** The answer of a host's web site, where the request is for that and not for a server; the lab has sites for hosts of which something is told. */
export function siteBehind(
  door: Door,
  host: string,
  { target }: WireRequest,
  hosts: Hosts,
): { readonly host: string; readonly answer: WireResponse } | undefined {
  const facts = door.web && target.startsWith("/.well-known/") ? hosts.of(hostOf(host)) : undefined;
  return facts && { host: hostOf(host), answer: facts.site ?? NO_PAGE };
}

/** The name of the server that a request is for: as the door, the hosts of the lab, its Host or its SNI tell. */
export function serverBehind(
  door: Door,
  host: string,
  { sni }: WireRequest,
  { hosts, attached }: { readonly hosts: Hosts; readonly attached: ReadonlyMap<string, unknown> },
): string {
  if (door.server !== undefined) return door.server;
  const wanted = [hostOf(host), ...(sni === undefined ? [] : [sni])];
  const [arranged] = wanted.flatMap((name) => hosts.of(name)?.server ?? []);
  if (arranged !== undefined) return arranged;
  if (door.web || attached.has(host)) return host;
  return [...attached.keys()].find((name) => wanted.includes(hostOf(name))) ?? host;
}
