import type { Socket } from "node:net";

/** Tells who sends: containers by address, servers of this process by the socket that they opened. */
export class Senders {
  readonly #byAddress = new Map<string, string>();
  readonly #byPath = new Map<string, { readonly serverName: string }>();

  attribute(address: string, serverName: string): void {
    this.#byAddress.set(plain(address), serverName);
  }

  /** Called when a socket of this process is connected, before its first byte: the listener can then tell whose it is. */
  opened(socket: Socket, serverName: string): void {
    // The whole path, not the port alone: the kernel gives one port to connections with different destinations.
    const path = `${socket.localAddress}:${socket.localPort}>${socket.remoteAddress}:${socket.remotePort}`;
    const entry = { serverName };
    this.#byPath.set(path, entry);
    socket.once("close", () => {
      if (this.#byPath.get(path) === entry) this.#byPath.delete(path);
    });
  }

  /** Whose connection an accepted socket is, where socket or address tell. */
  of(accepted: Socket): string | undefined {
    const path = `${accepted.remoteAddress}:${accepted.remotePort}>${accepted.localAddress}:${accepted.localPort}`;
    return this.#byPath.get(path)?.serverName ?? this.at(accepted.remoteAddress ?? "");
  }

  at(address: string): string | undefined {
    return this.#byAddress.get(plain(address));
  }
}

function plain(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}
