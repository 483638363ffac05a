import type { ChosenRoute, LookUps } from "../net/look-ups.js";
import { NetError } from "../net/net-error.js";
import type { TlsClient, TlsRoute } from "../net/tls-client.js";
import type { WireRequest, WireResponse } from "../net/wire.js";
import type { Hosts } from "./hosts.js";
import type { LoopbackNames } from "./loopback-names.js";
import { FEDERATION_PORT, hostOf, type NameRegistry, WEB_PORT } from "./names.js";
import type { LabNote } from "./recorder.js";

/** Where the ports of the lab's hosts are in truth: only containers can be given all of them as they are called. */
export interface DoorPorts {
  /** The address to which every host of the lab leads. */
  readonly address: string;
  /** The ports at which the tap listens there, by those that other servers know. */
  readonly ports: ReadonlyMap<number, { readonly host: string; readonly port: number }>;
}

export interface WayParts {
  readonly ca: string;
  readonly names: NameRegistry;
  readonly hosts: Hosts;
  readonly loopback: LoopbackNames | undefined;
  readonly doors: DoorPorts;
  readonly note: LabNote;
}

/** The ways of one server of this process through the lab: what it is told when it looks something up, and where its connections go. */
export class Ways {
  readonly #routes = new Map<string, TlsRoute>();

  constructor(
    private readonly from: string,
    private readonly parts: WayParts,
  ) {}

  /** Whether servers have to look for that name, because something particular is told of it. */
  mustBeFound(serverName: string): boolean {
    const { hosts } = this.parts;
    return (hosts.of(hostOf(serverName)) ?? hosts.of(serverName)) !== undefined;
  }

  /** The connection that was planned under that name. */
  planned(name: string): TlsRoute | undefined {
    return this.#routes.get(name);
  }

  /** Plans the connections that a route asks for; the answer is what a client calls them. */
  plan(serverName: string, route: ChosenRoute): string {
    const { value } = route.certificateName;
    const at = route.addresses.flatMap(({ address, port }) => this.#door(address, port) ?? []);
    const [first] = at;
    if (first === undefined) throw new NetError("connect", `nothing of this lab is where ${serverName} is said to be`);
    const trust = { servername: value, ca: this.parts.ca, ...(route.anyCertificate ? { anyCertificate: true } : {}) };
    const name = `${serverName} (${value} at ${first.host}:${first.port})`;
    this.#routes.set(name, { ...first, ...trust });
    return name;
  }

  /** What the network answers, web pages by that client. */
  lookUps(client: TlsClient): LookUps {
    const { names, hosts, doors, note } = this.parts;
    return {
      get: (url, { anyCertificate }) => this.#page(client, url, anyCertificate),
      services: async (name) => hosts.services(name),
      addresses: async (name, direct) => {
        const facts = hosts.of(name);
        if (!names.has(name)) note("unresolved", { from: this.from, name });
        if (!names.has(name) || (direct && facts?.alias !== undefined)) return [];
        return [...(facts?.deadAddresses ?? []), doors.address];
      },
    };
  }

  #page(client: TlsClient, url: URL, anyCertificate: boolean): Promise<WireResponse> {
    const { names, ca, doors } = this.parts;
    const at = this.#door(doors.address, Number(url.port || WEB_PORT));
    if (!names.has(url.hostname) || at === undefined) {
      return Promise.reject(new NetError("unknown-name", `no web site of this lab is at ${url.host}`));
    }
    const name = `https://${url.host}`;
    this.#routes.set(name, { ...at, servername: url.hostname, ca, anyCertificate });
    const request: WireRequest = {
      method: "GET",
      target: `${url.pathname}${url.search}`,
      headers: [["Host", url.host]],
      body: new Uint8Array(),
    };
    return client.send(name, request);
  }

  #door(address: string, port: number): { readonly host: string; readonly port: number } | undefined {
    const { doors } = this.parts;
    if (address === doors.address) return doors.ports.get(port);
    // Under loopback names each server has an address of its own.
    return this.parts.loopback?.has(address) && port === FEDERATION_PORT ? { host: address, port } : undefined;
  }
}
