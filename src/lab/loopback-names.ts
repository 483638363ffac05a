import type { LabCertificate } from "./lab.js";
import type { LoopbackBlock } from "./loopback-block.js";
import { FEDERATION_PORT, hostOf } from "./names.js";
import type { TapListener } from "./tap-listener.js";

/** Server names that are loopback addresses, each with a listener of the tap of its own. */
export class LoopbackNames {
  readonly #listeners = new Map<string, Promise<TapListener>>();

  constructor(
    private readonly block: LoopbackBlock,
    private readonly listen: (address: string) => Promise<TapListener>,
  ) {}

  name(): string {
    const address = this.block.next();
    const opening = this.listen(address);
    // Whoever uses the name first meets the error; until then it is nobody's.
    opening.catch(() => undefined);
    this.#listeners.set(address, opening);
    return `${address}:${FEDERATION_PORT}`;
  }

  address(): string {
    return this.block.next();
  }

  has(serverName: string): boolean {
    return this.#listeners.has(hostOf(serverName));
  }

  /** Resolves when the name's listener is open; rejects with a LabError when it cannot be. */
  async ready(serverName: string): Promise<void> {
    await this.#listeners.get(hostOf(serverName));
  }

  /** Has another certificate shown at a name. */
  async show(serverName: string, certificate: LabCertificate): Promise<void> {
    (await this.#listeners.get(hostOf(serverName)))?.show(certificate);
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#listeners.values());
    await Promise.all(opened.map((result) => (result.status === "fulfilled" ? result.value.close() : undefined)));
    await this.block.release();
  }
}
