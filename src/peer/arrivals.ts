import type { JsonObject, JsonValue } from "../matrix/json.js";
import type { ServerName } from "../matrix/pdu.js";

/** Something that came to a peer. A transaction gives one arrival for itself and one for each of its PDUs and EDUs. */
export type Arrival =
  | {
      readonly kind: "request";
      readonly origin: ServerName | undefined;
      readonly endpoint: string;
      readonly method: string;
      readonly target: string;
      readonly body: JsonValue | undefined;
    }
  /** What the peer answered to a request; comes after the request itself and all that was in it. */
  | {
      readonly kind: "answer";
      readonly origin: ServerName | undefined;
      readonly endpoint: string;
      readonly target: string;
      readonly body: JsonValue | undefined;
      readonly status: number;
    }
  | { readonly kind: "pdu"; readonly origin: ServerName | undefined; readonly pdu: JsonObject }
  | {
      readonly kind: "edu";
      readonly origin: ServerName | undefined;
      readonly eduType: string;
      readonly content: JsonObject;
    };

/** What came to a peer, in order, and those who wait for more. */
export class Arrivals {
  private readonly seen: Arrival[] = [];
  private readonly waiting = new Set<(arrival: Arrival) => void>();

  add(arrival: Arrival): void {
    this.seen.push(arrival);
    for (const waiter of [...this.waiting]) waiter(arrival);
  }

  get all(): readonly Arrival[] {
    return this.seen;
  }

  /** The first arrival that matches, past or future; rejects with the signal's reason when that is aborted first. */
  async waitFor(matches: (arrival: Arrival) => boolean, signal: AbortSignal): Promise<Arrival> {
    const past = this.seen.find(matches);
    if (past !== undefined) return past;
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.waiting.delete(hear);
        signal.removeEventListener("abort", give);
      };
      const hear = (arrival: Arrival) => {
        if (!matches(arrival)) return;
        stop();
        resolve(arrival);
      };
      const give = () => {
        stop();
        reject(signal.reason);
      };
      this.waiting.add(hear);
      signal.addEventListener("abort", give, { once: true });
    });
  }
}
