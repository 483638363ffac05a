import type { Engine } from "../../lab/engine.js";
import { awaitReady, type ReadyWait } from "../ready.js";
import { ServerLog } from "../server-log.js";
import type { Power } from "../target.js";
import { TargetError } from "../target-error.js";

/** What a container is known by. */
export interface PoweredContainer {
  readonly id: string;
  /** The name of the lab's network. */
  readonly network: string;
  /** The server's log from its beginning. */
  readonly log: ServerLog;
  readonly ready: Omit<ReadyWait, "log" | "signal">;
}

/** Seconds that a server has to end by itself. */
const GRACE_S = 10;

/** Stops a container and starts it again: what it wrote elsewhere than in memory is there again. */
export class ContainerPower implements Power {
  #up = true;
  /** Its address before it was stopped. */
  #address = "";

  constructor(
    private readonly engine: Engine,
    private readonly powered: PoweredContainer,
  ) {}

  async shutDown(): Promise<void> {
    if (!this.#up) return;
    this.#up = false;
    this.#address = await this.#addressNow();
    await this.#container().stop({ t: GRACE_S });
  }

  async startUp(signal: AbortSignal): Promise<void> {
    if (this.#up) return;
    const since = Math.floor(Date.now() / 1000);
    await this.#container().start();
    const address = await this.#addressNow();
    if (address !== this.#address) throw moved(this.powered.ready.name, address);
    const log = await this.#logSince(since);
    await awaitReady({ ...this.powered.ready, log, signal });
    this.#up = true;
  }

  #container() {
    return this.engine.container.getById(this.powered.id);
  }

  async #addressNow(): Promise<string> {
    const { NetworkSettings: settings } = await this.#container().inspect();
    return settings.Networks[this.powered.network]?.IPAddress ?? "";
  }

  /** What the server prints from that second on, which is added to its whole log, too. */
  async #logSince(since: number): Promise<ServerLog> {
    const log = new ServerLog();
    const stream = await this.engine.container.logs(this.#container(), { since });
    stream.on("data", (chunk: Buffer | string) => {
      log.append(chunk.toString());
      this.powered.log.append(chunk.toString());
    });
    for (const end of ["end", "close", "error"]) stream.once(end, () => log.end());
    return log;
  }
}

function moved(name: string, address: string): TargetError {
  const what = `${name} came up again at another address, ${address}`;
  return new TargetError("engine-refused", what, "run again: the engine gave its address away meanwhile");
}
