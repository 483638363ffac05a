import type { Readable } from "node:stream";
import { GenericContainer, type InspectResult, type WaitStrategy } from "testcontainers";
import type { ServerLog } from "../server-log.js";

/** A container on the lab's network only, with the lab's DNS only, no published port, its output kept from the first line. */
export class LabContainer extends GenericContainer {
  #addressKnown: ((address: string) => void) | undefined;
  /** The engine's id as soon as it made the container, also when the start then fails. */
  createdId: string | undefined;

  constructor(
    image: string,
    private readonly network: { readonly name: string; readonly gateway: string },
  ) {
    super(image);
    // The network mode, not an alias: with an alias the container would sit on the engine's default bridge too, which is not internal.
    this.networkMode = network.name;
    this.hostConfig.Dns = [network.gateway];
    this.withWaitStrategy(NO_WAIT);
  }

  /** Told of the container's address as soon as it has one, while the server is still starting. */
  onAddress(told: (address: string) => void): this {
    this.#addressKnown = told;
    return this;
  }

  withServerLog(log: ServerLog): this {
    return this.withLogConsumer((stream: Readable) => {
      stream.on("data", (chunk: Buffer | string) => log.append(chunk.toString()));
      stream.once("end", () => log.end());
      stream.once("close", () => log.end());
      stream.once("error", (error) => {
        log.append(`\n(the engine's log stream broke: ${error.message})\n`);
        log.end();
      });
    });
  }

  protected override async containerCreated(id: string): Promise<void> {
    this.createdId = id;
  }

  protected override async containerStarting(inspected: InspectResult): Promise<void> {
    this.#addressKnown?.(inspected.networkSettings[this.network.name]?.ipAddress ?? "");
  }
}

// Readiness is judged outside, where the server's log outlives a failed start.
const NO_WAIT: WaitStrategy = {
  waitUntilReady: async () => undefined,
  withStartupTimeout: () => NO_WAIT,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
};
