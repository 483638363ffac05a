import { Homeserver } from "../src/homeserver/homeserver.js";
import { signingKey } from "../src/matrix/keys.js";
import type { FederationTransport, WireHandler } from "../src/net/wire.js";

/** Homeservers of this process, joined without any network. */
export class SmallWorld {
  readonly #handlers = new Map<string, WireHandler>();
  readonly #servers: Homeserver[] = [];

  server(serverName: string): Homeserver {
    const number = this.#servers.length + 1;
    const homeserver = new Homeserver({
      serverName,
      signingKey: signingKey(new Uint8Array(32).fill(number), "a"),
      transport: this.transport,
      now: Date.now,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    });
    this.#handlers.set(serverName, homeserver.handleFederation);
    this.#servers.push(homeserver);
    return homeserver;
  }

  readonly transport: FederationTransport = (destination, request) => {
    const handler = this.#handlers.get(destination);
    return handler === undefined ? Promise.reject(new Error(`${destination} is not here`)) : handler(request);
  };

  stop(): void {
    for (const server of this.#servers) server.stop();
  }
}
