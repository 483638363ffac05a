import { setTimeout as timer } from "node:timers/promises";
import type { JsonObject, JsonValue } from "../../matrix/json.js";
import type { Pdu, ServerName } from "../../matrix/pdu.js";
import type { WireResponse } from "../../net/wire.js";
import type { Core } from "../core.js";
import type { FederationClient } from "../parts.js";
import { DestinationQueue } from "./destination-queue.js";
import { exchange, sendRequest } from "./transport.js";

/** Everything that leaves for other servers. */
export class Outbox implements FederationClient {
  readonly #queues = new Map<ServerName, DestinationQueue>();
  #stopped = new AbortController();

  constructor(private readonly core: Core) {}

  request(
    destination: ServerName,
    method: "GET" | "PUT" | "POST",
    uri: string,
    content?: JsonObject,
    signal?: AbortSignal,
  ): Promise<JsonValue> {
    const ends = signal === undefined ? this.#stopped.signal : AbortSignal.any([signal, this.#stopped.signal]);
    return sendRequest(this.core, { destination, method, uri, content, signed: true, signal: ends });
  }

  fetch(destination: ServerName, uri: string, { signed }: { readonly signed: boolean }): Promise<WireResponse> {
    return exchange(this.core, { destination, method: "GET", uri, signed, signal: this.#stopped.signal });
  }

  sendEdu(destinations: readonly ServerName[], edu: { readonly edu_type: string; readonly content: JsonObject }): void {
    for (const server of destinations) this.#queue(server)?.addEdu({ edu_type: edu.edu_type, content: edu.content });
  }

  sendPdu(destinations: readonly ServerName[], event: Pdu): void {
    const others = this.core.has("sends-to-servers-outside-the-room") ? this.#queues.keys() : [];
    for (const server of new Set([...destinations, ...others])) this.#queue(server)?.addPdu(event);
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.settled()));
  }

  /** Called when a server has proven to be there. */
  heardFrom(server: ServerName): void {
    this.#queues.get(server)?.wake();
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** After a stop: goes on with what waits. */
  resume(): void {
    this.#stopped = new AbortController();
    for (const queue of this.#queues.values()) queue.resume(this.#stopped.signal);
  }

  #queue(server: ServerName): DestinationQueue | undefined {
    if (server === this.core.serverName) return undefined;
    const known = this.#queues.get(server);
    if (known !== undefined) return known;
    const sleep = this.core.options.sleep ?? sleepOnTimer;
    const queue = new DestinationQueue(this.core, server, this.#stopped.signal, sleep);
    this.#queues.set(server, queue);
    return queue;
  }
}

async function sleepOnTimer(milliseconds: number, signal: AbortSignal): Promise<void> {
  await timer(milliseconds, undefined, { signal, ref: false });
}
