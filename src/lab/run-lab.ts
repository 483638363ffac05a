import { Discoverer } from "../homeserver/federation/discovery.js";
import type { NetLimits } from "../net/limits.js";
import type { LookUps, RouteFinder } from "../net/look-ups.js";
import { NetError } from "../net/net-error.js";
import { TlsClient, type TlsRoute } from "../net/tls-client.js";
import type { FederationTransport } from "../net/wire.js";
import type { Replay } from "./altering/alterations.js";
import type { AlterationRule } from "./altering/rule.js";
import type { CertificateAuthority } from "./ca.js";
import { closeAll } from "./close-all.js";
import type { HostFacts, Hosts } from "./hosts.js";
import type { Lab, LabCertificate, Naming, Upstream } from "./lab.js";
import { LabError } from "./lab-error.js";
import type { LoopbackNames } from "./loopback-names.js";
import { FEDERATION_PORT, hostOf, type NameRegistry } from "./names.js";
import type { Listen } from "./open-lab.js";
import { Outgoing } from "./outgoing.js";
import type { PresentedCertificates } from "./presented-certificates.js";
import type { LabNote } from "./recorder.js";
import type { Tap } from "./tap.js";
import type { TapListener } from "./tap-listener.js";
import { type DoorPorts, Ways } from "./ways.js";

export interface LabParts {
  readonly ca: CertificateAuthority;
  readonly names: NameRegistry;
  readonly hosts: Hosts;
  readonly certificates: PresentedCertificates;
  readonly tap: Tap;
  /** Under loopback naming only. */
  readonly loopback: LoopbackNames | undefined;
  /** Where servers of this process reach the tap under DNS names. */
  readonly front: TapListener;
  readonly doors: DoorPorts & { readonly ports: Map<number, { readonly host: string; readonly port: number }> };
  readonly listen: Listen;
  readonly lookUps: { readonly noLookUps: string | undefined; readonly otherPort: number | undefined };
  readonly note: LabNote;
  readonly limits: NetLimits;
  /** What was opened, in order. */
  readonly closers: (() => Promise<void>)[];
}

/** Milliseconds that the way to the tap, within this host, may take when the host is busy. */
const OWN_PATH_MS = 30_000;

/** The lab of one run, assembled by `openLab`. */
export class RunLab implements Lab {
  readonly ca: string;
  readonly caKey: string;
  readonly network?: { readonly name: string; readonly gateway: string };
  readonly noLookUps: string | undefined;
  readonly otherPort: number | undefined;
  readonly #byAddress = new Map<string, TapListener>();
  readonly #outgoing = new Outgoing();
  #closing: Promise<void> | undefined;

  constructor(
    readonly runId: string,
    readonly naming: Naming,
    private readonly parts: LabParts,
    network: { readonly name: string; readonly gateway: string } | undefined,
  ) {
    this.ca = parts.ca.pem;
    this.caKey = parts.ca.privateKey;
    this.noLookUps = parts.lookUps.noLookUps;
    this.otherPort = parts.lookUps.otherPort;
    if (network) this.network = network;
    parts.closers.push(() => this.#outgoing.close());
  }

  name(label: string, options: { readonly portless?: boolean } = {}): string {
    const { names, loopback } = this.parts;
    const host = names.host(label);
    if (!loopback) return options.portless ? host : `${host}:${FEDERATION_PORT}`;
    if (!options.portless) return loopback.name();
    throw new LabError("naming", "a loopback name cannot go without its port", "run this target under DNS naming");
  }

  host(label: string): string {
    const { names, loopback } = this.parts;
    if (loopback === undefined) return names.host(label);
    throw new LabError("naming", "this lab has no host names", "open it with DNS naming");
  }

  async addressName(server?: string): Promise<string> {
    const { loopback, doors, listen } = this.parts;
    if (loopback) {
      const name = loopback.name();
      await loopback.ready(name);
      return name;
    }
    const { address, ports } = doors;
    const listener = await listen(address, 0, (port) => ({
      port,
      web: false,
      server: server ?? `${address}:${port}`,
    }));
    ports.set(listener.port, { host: address, port: listener.port });
    const name = `${address}:${listener.port}`;
    this.#byAddress.set(name, listener);
    return name;
  }

  async arrange(host: string, facts: HostFacts): Promise<void> {
    const { hosts, certificates, loopback } = this.parts;
    hosts.arrange(host, facts);
    if (facts.certificate === undefined) return;
    const shown = await certificates.issue(facts.certificate);
    this.#byAddress.get(host)?.show(shown);
    await loopback?.show(host, shown);
  }

  loopbackAddress(): string {
    const { loopback } = this.parts;
    if (loopback) return loopback.address();
    throw new LabError("naming", "this lab has no loopback addresses to give", "open it with loopback naming");
  }

  async certificateFor(serverName: string): Promise<LabCertificate> {
    await this.parts.loopback?.ready(serverName);
    return this.parts.ca.certificateFor(hostOf(serverName));
  }

  attach(serverName: string, upstream: Upstream): void {
    this.parts.tap.attach(serverName, upstream);
  }

  detach(serverName: string): void {
    const { tap, note } = this.parts;
    Promise.all([tap.detach(serverName), this.#outgoing.end(serverName)]).catch((error: unknown) =>
      note("detach-failed", { server: serverName, reason: String(error) }),
    );
  }

  transportFor(from: string, finder: (lookUps: LookUps) => RouteFinder = soundly): FederationTransport {
    const { tap, limits, ca } = this.parts;
    const ways = new Ways(from, { ...this.parts, ca: ca.pem });
    const client = new TlsClient({
      route: (name) => ways.planned(name) ?? this.#route(from, name),
      connected: (socket) => tap.senders.opened(socket, from),
      // The tap, which knows why there is no answer, gives up first.
      limits: { ...limits, timeoutMs: limits.timeoutMs + OWN_PATH_MS, connectTimeoutMs: OWN_PATH_MS },
    });
    this.#outgoing.add(from, client);
    const find = finder(ways.lookUps(client));
    return async (destination, request) => {
      if (!ways.mustBeFound(destination)) return client.send(destination, request);
      const route = await find(destination);
      const own = request.headers.filter(([name]) => name.toLowerCase() !== "host");
      const headers = [["Host", route.hostHeader] as const, ...own];
      return client.send(ways.plan(destination, route), { ...request, headers });
    };
  }

  attribute(address: string, serverName: string): void {
    this.parts.tap.senders.attribute(address, serverName);
  }

  partition(a: string, b: string): void {
    this.parts.tap.partitions.partition(a, b);
  }

  heal(a: string, b: string): void {
    this.parts.tap.partitions.heal(a, b);
  }

  lost(from: string, to: string, signal: AbortSignal): Promise<void> {
    return this.parts.tap.partitions.lost(from, to, signal);
  }

  alter(rule: AlterationRule): void {
    this.parts.tap.alterations.add(rule);
  }

  stopAltering(prefix: string): void {
    this.parts.tap.alterations.end(prefix);
  }

  forgetAlterations(prefix: string): void {
    this.parts.tap.alterations.forget(prefix);
  }

  altered(rule: string, times: number, signal: AbortSignal): Promise<readonly string[]> {
    return this.parts.tap.alterations.applied(rule, times, signal);
  }

  async release(rule: string, order: "as-sent" | "reversed", signal: AbortSignal): Promise<readonly string[]> {
    const held = this.parts.tap.alterations.takeHeld(rule);
    const exchanges: string[] = [];
    for (const one of order === "reversed" ? held.toReversed() : held) exchanges.push(await this.replay(one, signal));
    return exchanges;
  }

  replay(replay: Replay, signal: AbortSignal): Promise<string> {
    return this.parts.tap.replay(replay, signal);
  }

  close(): Promise<void> {
    this.#closing ??= closeAll(this.parts.closers);
    return this.#closing;
  }

  /** Names that are not of this lab do not resolve: nothing of a run leaves it. */
  async #route(from: string, destination: string): Promise<TlsRoute> {
    const { tap, front, loopback, names, note, ca } = this.parts;
    const host = hostOf(destination);
    if (loopback?.has(destination)) {
      await loopback.ready(destination);
      return { host, port: FEDERATION_PORT, ca: ca.pem };
    }
    if (names.has(host) || tap.attached(destination)) {
      return { host: "127.0.0.1", port: front.port, servername: host, ca: ca.pem };
    }
    note("unresolved", { from, name: destination });
    throw new NetError("unknown-name", `${destination} does not exist in this lab`);
  }
}

const soundly = (lookUps: LookUps): RouteFinder => new Discoverer({ lookUps, now: Date.now, has: () => false }).find;
