import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { createSecureContext, type SecureContext, type TLSSocket } from "node:tls";
import { listenerTimes, type NetLimits } from "../net/limits.js";
import type { LabCertificate } from "./lab.js";
import { LabError } from "./lab-error.js";
import type { LabNote } from "./recorder.js";

export interface TapListenerOptions {
  readonly address: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Shown to callers that send no SNI. */
  readonly fallback: LabCertificate;
  readonly limits: NetLimits;
  readonly note: LabNote;
  certificateFor(host: string): Promise<LabCertificate> | undefined;
  accept(request: IncomingMessage, response: ServerResponse): void;
}

const HANDSHAKE_MS = 30_000;

/** One TLS address of the tap: picks the certificate by SNI and hands over what arrives. */
export class TapListener {
  readonly #contexts = new WeakMap<LabCertificate, SecureContext>();
  readonly #server: Server;
  #port = 0;

  private constructor(private readonly options: TapListenerOptions) {
    const { fallback, limits, note, address } = options;
    this.#server = createServer({
      cert: fallback.certificate,
      key: fallback.key,
      maxHeaderSize: limits.maxHeaderBytes,
      ...listenerTimes(limits),
      handshakeTimeout: Math.min(HANDSHAKE_MS, limits.arrivalTimeoutMs),
      // Longer than the callers' own idle time, so that they close first and never write into a closing connection.
      keepAliveTimeout: 5 * 60_000,
      noDelay: true,
      SNICallback: (name, done) => {
        this.#context(name).then(
          (context) => done(null, context),
          (cause) => done(cause instanceof Error ? cause : new Error(String(cause))),
        );
      },
    });
    this.#server.maxConnections = limits.maxConnections;
    this.#server.on("request", options.accept);
    this.#server.on("tlsClientError", (error, socket: TLSSocket) => {
      note("tls-refused", { address, from: socket.remoteAddress ?? "", reason: error.message });
    });
    this.#server.on("clientError", (error, socket) => {
      note("malformed-http", { address, reason: error.message });
      socket.destroy();
    });
  }

  static async open(options: TapListenerOptions): Promise<TapListener> {
    const listener = new TapListener(options);
    await listener.#listen();
    return listener;
  }

  /** Shows another certificate to callers that send no SNI. */
  show({ certificate, key }: LabCertificate): void {
    this.#server.setSecureContext({ cert: certificate, key });
  }

  /** Also once it is closed: requests that came before are still answered. */
  get port(): number {
    return this.#port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    if (!this.#server.listening) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.close((error) => (error ? reject(error) : resolve()));
    });
  }

  async #context(name: string): Promise<SecureContext> {
    const host = name.toLowerCase();
    const pem = await this.options.certificateFor(host);
    if (!pem) throw new Error(`no certificate for ${host}: it is no name of this lab`);
    const known = this.#contexts.get(pem);
    if (known) return known;
    const made = createSecureContext({ cert: pem.certificate, key: pem.key });
    this.#contexts.set(pem, made);
    return made;
  }

  #listen(): Promise<void> {
    const { address, port } = this.options;
    return new Promise((resolve, reject) => {
      const refuse = (cause: NodeJS.ErrnoException) => {
        const what = `the tap cannot listen on ${address}:${port} (${cause.code ?? cause.message})`;
        reject(
          new LabError("address-in-use", what, "end the program that holds the address, or start again", { cause }),
        );
      };
      this.#server.once("error", refuse);
      this.#server.listen(port, address, () => {
        this.#server.off("error", refuse);
        this.#port = (this.#server.address() as AddressInfo).port;
        resolve();
      });
    });
  }
}
