import type { WireRequest } from "../net/wire.js";
import { matchEndpoint } from "../schema/endpoints.js";

/** A request on its way from one server to another. */
export interface Errand {
  readonly from: string;
  readonly to: string;
  readonly request: Pick<WireRequest, "method" | "target">;
}

interface Line {
  passing: number;
  alone: Promise<void> | undefined;
  /** Those who wait until nobody passes. */
  readonly waiting: (() => void)[];
}

/**
 * Whose turn it is to send a transaction from one server to another. A server sends one at a time (server-server-api#transactions)
 * and may be refused otherwise, so that one that is put in between waits for its turn. Other requests go as they come: an
 * answer may depend on them.
 */
export class Turns {
  readonly #lines = new Map<string, Line>();

  /** Does the work beside others, once nobody has the way alone. */
  async beside<T>(errand: Errand, work: () => Promise<T>): Promise<T> {
    if (!isTransaction(errand)) return work();
    const line = await this.#free(errand);
    line.passing += 1;
    try {
      return await work();
    } finally {
      line.passing -= 1;
      if (line.passing === 0) for (const go of line.waiting.splice(0)) go();
      this.#tidy(errand, line);
    }
  }

  /** Does the work once everything under way has ended; what comes meanwhile waits for its end. */
  async alone<T>(errand: Errand, work: () => Promise<T>): Promise<T> {
    if (!isTransaction(errand)) return work();
    const line = await this.#free(errand);
    let end = () => {};
    line.alone = new Promise((resolve) => {
      end = resolve;
    });
    try {
      if (line.passing > 0) await new Promise<void>((resolve) => line.waiting.push(resolve));
      return await work();
    } finally {
      line.alone = undefined;
      end();
      this.#tidy(errand, line);
    }
  }

  async #free({ from, to }: Errand): Promise<Line> {
    for (;;) {
      const line = this.#lines.get(`${from} ${to}`) ?? { passing: 0, alone: undefined, waiting: [] };
      this.#lines.set(`${from} ${to}`, line);
      if (line.alone === undefined) return line;
      await line.alone;
    }
  }

  #tidy({ from, to }: Errand, { passing, alone }: Line): void {
    if (passing === 0 && alone === undefined) this.#lines.delete(`${from} ${to}`);
  }
}

function isTransaction({ request: { method, target } }: Errand): boolean {
  return matchEndpoint(method, target)?.endpoint.id === "send";
}
