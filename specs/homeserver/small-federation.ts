import { Homeserver } from "../../src/homeserver/homeserver.js";
import type { HomeserverOptions } from "../../src/homeserver/options.js";
import type { Room } from "../../src/homeserver/parts.js";
import { signingKey } from "../../src/matrix/keys.js";
import type { WireHandler, WireRequest, WireResponse } from "../../src/net/wire.js";

export const START = 1_700_000_000_000;

export interface Carried {
  readonly from: string;
  readonly to: string;
  readonly request: WireRequest;
}

/** Several homeservers in one process, joined by a map of handlers. */
export class SmallFederation {
  readonly handlers = new Map<string, WireHandler>();
  readonly carried: Carried[] = [];
  readonly servers: Homeserver[] = [];
  readonly log: string[] = [];
  clock = START;
  #seed = 0;

  server(serverName: string, options: Partial<HomeserverOptions> = {}): Homeserver {
    this.#seed += 1;
    const seed = this.#seed;
    let count = 0;
    const homeserver = new Homeserver({
      serverName,
      signingKey: signingKey(new Uint8Array(32).fill(seed), "a"),
      transport: (to, request) => this.#carry(serverName, to, request),
      now: () => {
        this.clock += 1;
        return this.clock;
      },
      random: (length) => {
        count += 1;
        return new Uint8Array(length).map((_, index) => (seed * 31 + count * 7 + index * 13 + (count >> 5)) % 256);
      },
      log: (line) => this.log.push(`${serverName}: ${line}`),
      ...options,
    });
    this.handlers.set(serverName, homeserver.handleFederation);
    this.servers.push(homeserver);
    return homeserver;
  }

  stop(): void {
    for (const server of this.servers) server.stop();
  }

  async #carry(from: string, to: string, request: WireRequest): Promise<WireResponse> {
    this.carried.push({ from, to, request });
    const handler = this.handlers.get(to);
    if (handler === undefined) throw new Error(`${to} is unreachable`);
    return handler({ ...request, body: request.body.slice() });
  }
}

/** Resolves once the predicate holds; looks whenever the server says that something has changed. */
export async function until(homeserver: Homeserver, holds: () => boolean, what: string): Promise<void> {
  if (holds()) return;
  await new Promise<void>((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error(`not seen within 3 s: ${what}`)), 3000);
    homeserver.context.rooms.onChange(() => {
      if (!holds()) return;
      clearTimeout(deadline);
      resolve();
    });
  });
}

export function bodies(room: Room | undefined): readonly unknown[] {
  const messages = room?.timeline.filter(({ event }) => event.type === "m.room.message") ?? [];
  return messages.map(({ event }) => event.content.body);
}

export function message(sender: string, body: string) {
  return { type: "m.room.message", sender, content: { msgtype: "m.text", body } };
}

export async function publicRoom(homeserver: Homeserver, creator: string, roomVersion: string): Promise<Room> {
  return homeserver.context.rooms.create({ creator, roomVersion, preset: "public_chat" });
}
