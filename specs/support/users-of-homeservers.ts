import { createHash } from "node:crypto";
import type { AccountPolicy } from "../../src/client/accounts.js";
import { type ClientUser, loginUser, registerUser } from "../../src/client/client-user.js";
import type { ClientExchange } from "../../src/client/recorder.js";
import type { Homeserver } from "../../src/homeserver/homeserver.js";
import type { HomeserverOptions } from "../../src/homeserver/options.js";
import { isJsonObject, type JsonObject } from "../../src/matrix/json.js";
import { type HttpListener, listenHttp } from "../../src/net/listen.js";
import { SmallFederation } from "../homeserver/small-federation.js";

export const PASSWORD = "correct horse";

export const deadline = (milliseconds = 5000) => AbortSignal.timeout(milliseconds);

/** Homeservers of one process with their client APIs on loopback, and users who talk to them over HTTP. */
export class ServedFederation {
  readonly federation = new SmallFederation();
  readonly exchanges: ClientExchange[] = [];
  readonly #listeners = new Map<string, HttpListener>();

  async server(serverName: string, options: Partial<HomeserverOptions> = {}): Promise<Homeserver> {
    const homeserver = this.federation.server(serverName, { random: unrepeated(serverName), ...options });
    this.#listeners.set(serverName, await listenHttp(homeserver.handleClient, { host: "127.0.0.1", port: 0 }));
    return homeserver;
  }

  url(serverName: string): string {
    const listener = this.#listeners.get(serverName);
    if (listener === undefined) throw new Error(`${serverName} does not listen`);
    return listener.url;
  }

  /** Registers `name:server`. */
  user(id: string, accounts: AccountPolicy = { register: "open" }): Promise<ClientUser> {
    return registerUser({ ...this.#options(id), accounts });
  }

  login(id: string, deviceId?: string): Promise<ClientUser> {
    return loginUser({ ...this.#options(id), ...(deviceId === undefined ? {} : { deviceId }) });
  }

  /** A room of one user that the others have joined through the first one's server. */
  async roomOf(creator: ClientUser, ...others: readonly ClientUser[]): Promise<string> {
    const roomId = await creator.createRoom({ preset: "public_chat", room_version: "11" });
    for (const user of others) await user.join(roomId, [creator.userId.slice(creator.userId.indexOf(":") + 1)]);
    return roomId;
  }

  /** Contents of the EDUs of a type that a server has sent, in order. */
  edus(from: string, eduType: string): readonly JsonObject[] {
    return this.federation.carried
      .filter(
        ({ from: sender, request }) => sender === from && request.target.startsWith("/_matrix/federation/v1/send/"),
      )
      .flatMap(({ request }) => {
        const transaction: unknown = JSON.parse(new TextDecoder().decode(request.body));
        const edus =
          isJsonObject(transaction) && Array.isArray(transaction.edus) ? transaction.edus.filter(isJsonObject) : [];
        return edus.flatMap((edu) => (edu.edu_type === eduType && isJsonObject(edu.content) ? [edu.content] : []));
      });
  }

  async stop(): Promise<void> {
    this.federation.stop();
    for (const listener of this.#listeners.values()) await listener.close();
  }

  #options(id: string) {
    const [localpart = "", serverName = ""] = id.split(":");
    const recorder = {
      record: (exchange: ClientExchange) => {
        this.exchanges.push(exchange);
        return `x${this.exchanges.length}`;
      },
    };
    return { baseUrl: this.url(serverName), serverName, localpart, password: PASSWORD, signal: deadline(), recorder };
  }
}

/** The same bytes in every run, but never the same twice in one. */
function unrepeated(seed: string): (length: number) => Uint8Array {
  let count = 0;
  return (length) => {
    count += 1;
    return createHash("shake256", { outputLength: length }).update(`${seed} ${count}`).digest();
  };
}
