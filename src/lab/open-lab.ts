import { parseXMatrix } from "../matrix/x-matrix.js";
import { DEFAULT_LIMITS, type NetLimits } from "../net/limits.js";
import { header } from "../net/wire.js";
import { CertificateAuthority } from "./ca.js";
import { closeAll } from "./close-all.js";
import { LabDns } from "./dns.js";
import { createLabNetwork, type LabNetwork } from "./docker-network.js";
import type { Door } from "./door.js";
import { Hosts } from "./hosts.js";
import type { Lab, Naming } from "./lab.js";
import { LabError } from "./lab-error.js";
import { claimLoopbackBlock } from "./loopback-block.js";
import { LoopbackNames } from "./loopback-names.js";
import { FEDERATION_PORT, NameRegistry, WEB_PORT, zoneOf } from "./names.js";
import { PresentedCertificates } from "./presented-certificates.js";
import type { LabNote, TapRecorder } from "./recorder.js";
import { RunLab } from "./run-lab.js";
import { Tap } from "./tap.js";
import { TapListener } from "./tap-listener.js";

export interface LabOptions {
  readonly runId: string;
  readonly naming: Naming;
  /** Whether containers take part: makes the run's network and its DNS. */
  readonly docker: boolean;
  readonly recorder: TapRecorder;
  readonly note: LabNote;
  readonly limits?: NetLimits;
  /** Aborting closes the lab. */
  readonly signal: AbortSignal;
}

/** Builds what a run needs around its servers. Rejects with a {@link LabError}, leaving nothing behind. */
export async function openLab(options: LabOptions): Promise<Lab> {
  if (options.docker && options.naming === "loopback") {
    throw new LabError("naming", "containers cannot reach loopback names", "use DNS naming for containers");
  }
  options.signal.throwIfAborted();
  const closers: (() => Promise<void>)[] = [];
  try {
    const lab = await build(options, closers);
    const close = () => {
      lab.close().catch((error: unknown) => options.note("close-failed", { reason: String(error) }));
    };
    options.signal.addEventListener("abort", close, { once: true });
    if (options.signal.aborted) await lab.close();
    options.signal.throwIfAborted();
    return lab;
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

async function build(options: LabOptions, closers: (() => Promise<void>)[]): Promise<RunLab> {
  // Complement-ready images make their certificate under the lab's authority, and not all of them can read another kind of key.
  const ca = await CertificateAuthority.create(options.runId, options.docker ? "RSA-2048" : "P-256");
  const names = new NameRegistry(zoneOf(options.runId));
  const hosts = new Hosts();
  const tap = makeTap(options, ca, hosts);
  closers.push(() => tap.close());
  // One for all names of the run: hundreds of peers come and go, and a key with its certificate takes milliseconds.
  const coveringNameOf = (host: string) => (names.has(host) ? names.wildcard : tap.knowsHost(host) ? host : undefined);
  const certificates = new PresentedCertificates(ca, hosts, coveringNameOf);
  const listen = listenWith(options, { certificates, tap, closers });
  const front = await listen(LOCAL, 0, atPort(FEDERATION_PORT));
  const loopback = options.naming === "loopback" ? await openLoopback(listen) : undefined;
  if (loopback) closers.push(() => loopback.close());
  const network = options.docker ? await createLabNetwork(options.runId) : undefined;
  if (network) {
    closers.push(() => network.remove());
    await openGateway(network, options, { names, hosts, tap, listen, closers });
  }
  const web = loopback ? NO_SITES : await openWeb(network?.gateway, listen, options.note);
  const address = network?.gateway ?? LOCAL;
  const other = loopback ? undefined : await listen(address, 0, atItsPort);
  const ports = new Map([[FEDERATION_PORT, { host: LOCAL, port: front.port }]]);
  if (web.listener) ports.set(WEB_PORT, { host: address, port: web.listener.port });
  if (other) ports.set(other.port, { host: address, port: other.port });
  const { runId, naming, note } = options;
  const limits = options.limits ?? DEFAULT_LIMITS;
  const doors = { address, ports };
  const lookUps = { noLookUps: web.reason, otherPort: other?.port };
  const parts = { ca, names, hosts, certificates, tap, loopback, front, doors, listen, lookUps, note, limits, closers };
  return new RunLab(runId, naming, parts, network);
}

/** Where servers of this process reach the tap. */
const LOCAL = "127.0.0.1";

const NO_SITES = {
  listener: undefined,
  reason: "the names of servers are addresses here, for which nothing is looked up",
};

const atPort = (port: number) => (): Door => ({ port, web: port === WEB_PORT });
const atItsPort = (port: number): Door => ({ port, web: false });

async function openLoopback(listen: Listen): Promise<LoopbackNames> {
  const block = await claimLoopbackBlock(FEDERATION_PORT);
  return new LoopbackNames(block, (address) => listen(address, FEDERATION_PORT, atItsPort));
}

/** Opens a door of the tap, closed with the lab: `doorAt` tells what it is, of the port that it got. */
export type Listen = (address: string, port: number, doorAt: (port: number) => Door) => Promise<TapListener>;

function listenWith(
  options: LabOptions,
  parts: { certificates: PresentedCertificates; tap: Tap; closers: (() => Promise<void>)[] },
): Listen {
  const { certificates, tap, closers } = parts;
  return async (address, port, doorAt) => {
    const listener: TapListener = await TapListener.open({
      address,
      port,
      fallback: await certificates.own(address),
      limits: options.limits ?? DEFAULT_LIMITS,
      note: options.note,
      certificateFor: (host) => certificates.shownFor(host, doorAt(listener.port).web),
      accept: (message, response) => {
        tap.serve(message, response, doorAt(listener.port)).catch((cause) => {
          options.note("tap-failed", { target: message.url ?? "", reason: String(cause) });
          response.socket?.destroy();
        });
      },
    });
    closers.push(() => listener.close());
    return listener;
  };
}

function makeTap(options: LabOptions, ca: CertificateAuthority, hosts: Hosts): Tap {
  return new Tap({
    ca: ca.pem,
    recorder: options.recorder,
    note: options.note,
    limits: options.limits ?? DEFAULT_LIMITS,
    hosts,
    now: Date.now,
    claimedOrigin: (request) => parseXMatrix(header(request.headers, "Authorization") ?? "")?.origin,
  });
}

async function openGateway(
  network: LabNetwork,
  options: LabOptions,
  parts: { names: NameRegistry; hosts: Hosts; tap: Tap; listen: Listen; closers: (() => Promise<void>)[] },
): Promise<void> {
  const { names, hosts, tap, listen, closers } = parts;
  const dns = await LabDns.open({
    address: network.gateway,
    port: 53,
    resolve: (host) => (names.has(host) ? network.gateway : undefined),
    hosts,
    asked: ({ client, name, type, answer }) =>
      options.note("dns", { from: tap.senders.at(client) ?? client, client, name, type, answer }),
  });
  closers.push(() => dns.close());
  await listen(network.gateway, FEDERATION_PORT, atPort(FEDERATION_PORT));
}

/** Names without a port are first asked for at port 443 (server-server-api#resolving-server-names); an answer spares the caller's retries. */
async function openWeb(
  gateway: string | undefined,
  listen: Listen,
  note: LabNote,
): Promise<{ readonly listener: TapListener | undefined; readonly reason: string | undefined }> {
  if (gateway === undefined) return { listener: await listen(LOCAL, 0, atPort(WEB_PORT)), reason: undefined };
  try {
    return { listener: await listen(gateway, WEB_PORT, atPort(WEB_PORT)), reason: undefined };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    note("port-443", { reason });
    return { listener: undefined, reason: `no web site can be had for the servers' names: ${reason}` };
  }
}
