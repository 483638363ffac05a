import { parseXMatrix } from "../matrix/x-matrix.js";
import { DEFAULT_LIMITS, type NetLimits } from "../net/limits.js";
import { header } from "../net/wire.js";
import { CertificateAuthority } from "./ca.js";
import { closeAll } from "./close-all.js";
import { LabDns } from "./dns.js";
import { createLabNetwork, type LabNetwork } from "./docker-network.js";
import type { Lab, Naming } from "./lab.js";
import { LabError } from "./lab-error.js";
import { claimLoopbackBlock } from "./loopback-block.js";
import { LoopbackNames } from "./loopback-names.js";
import { FEDERATION_PORT, NameRegistry, zoneOf } from "./names.js";
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
  const tap = makeTap(options, ca);
  closers.push(() => tap.close());
  const listen = listenWith(options, { ca, names, tap });
  const front = await listen("127.0.0.1", 0, false);
  closers.push(() => front.close());
  const loopback = options.naming === "loopback" ? await openLoopback(listen) : undefined;
  if (loopback) closers.push(() => loopback.close());
  const network = options.docker ? await createLabNetwork(options.runId) : undefined;
  if (network) {
    closers.push(() => network.remove());
    await openGateway(network, options, { names, tap, listen, closers });
  }
  const { runId, naming, note } = options;
  const limits = options.limits ?? DEFAULT_LIMITS;
  const parts = { ca, names, tap, loopback, front, note, limits, closers };
  return new RunLab(runId, naming, parts, network);
}

async function openLoopback(listen: Listen): Promise<LoopbackNames> {
  const block = await claimLoopbackBlock(FEDERATION_PORT);
  return new LoopbackNames(block, (address) => listen(address, FEDERATION_PORT, false));
}

type Listen = (address: string, port: number, exact: boolean) => Promise<TapListener>;

function listenWith(options: LabOptions, parts: { ca: CertificateAuthority; names: NameRegistry; tap: Tap }): Listen {
  const { ca, names, tap } = parts;
  return async (address, port, exact) =>
    TapListener.open({
      address,
      port,
      fallback: await ca.certificateFor(address),
      limits: options.limits ?? DEFAULT_LIMITS,
      note: options.note,
      certificateFor: (host) => (names.has(host) || tap.knowsHost(host) ? ca.certificateFor(host) : undefined),
      accept: (message, response) => {
        tap.serve(message, response, exact).catch((cause) => {
          options.note("tap-failed", { target: message.url ?? "", reason: String(cause) });
          response.socket?.destroy();
        });
      },
    });
}

function makeTap(options: LabOptions, ca: CertificateAuthority): Tap {
  return new Tap({
    ca: ca.pem,
    recorder: options.recorder,
    note: options.note,
    limits: options.limits ?? DEFAULT_LIMITS,
    now: Date.now,
    claimedOrigin: (request) => parseXMatrix(header(request.headers, "Authorization") ?? "")?.origin,
  });
}

async function openGateway(
  network: LabNetwork,
  options: LabOptions,
  parts: { names: NameRegistry; tap: Tap; listen: Listen; closers: (() => Promise<void>)[] },
): Promise<void> {
  const { names, tap, listen, closers } = parts;
  const dns = await LabDns.open({
    address: network.gateway,
    port: 53,
    resolve: (host) => (names.has(host) ? network.gateway : undefined),
    asked: ({ client, name, type, answer }) =>
      options.note("dns", { from: tap.senders.at(client) ?? client, client, name, type, answer }),
  });
  closers.push(() => dns.close());
  const federation = await listen(network.gateway, FEDERATION_PORT, false);
  closers.push(() => federation.close());
  try {
    // Names without a port are first asked for here (server-server-api#resolving-server-names); an answer spares the caller's retries.
    const web = await listen(network.gateway, 443, true);
    closers.push(() => web.close());
  } catch (error) {
    options.note("port-443", { reason: error instanceof Error ? error.message : String(error) });
  }
}
