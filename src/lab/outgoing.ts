import type { TlsClient } from "../net/tls-client.js";

/** The connections that servers of this process have opened, by the server's name. */
export class Outgoing {
  readonly #clients = new Map<string, Set<TlsClient>>();

  add(from: string, client: TlsClient): void {
    const own = this.#clients.get(from) ?? new Set();
    this.#clients.set(from, own.add(client));
  }

  /** A server sends nothing any more; what it has asked is still answered, so that the record of it is whole. */
  async end(from: string): Promise<void> {
    const ending = [...(this.#clients.get(from) ?? [])];
    await Promise.all(ending.map((client) => client.end()));
    const left = this.#clients.get(from);
    for (const client of ending) left?.delete(client);
    if (left?.size === 0) this.#clients.delete(from);
  }

  async close(): Promise<void> {
    const all = [...this.#clients.values()].flatMap((clients) => [...clients]);
    this.#clients.clear();
    await Promise.all(all.map((client) => client.close()));
  }
}
