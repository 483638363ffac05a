import { encodeUrlSafeBase64 } from "../../matrix/base64.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { Pdu, ServerName } from "../../matrix/pdu.js";
import type { Core } from "../core.js";
import { MatrixError } from "../parts.js";
import { sendRequest } from "./transport.js";

const MAX_PDUS = 50;
const MAX_EDUS = 100;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 60_000;

/** What waits for one server: one transaction under way at a time, repeated unchanged until acknowledged (server-server-api#transactions). */
export class DestinationQueue {
  readonly #pdus: Pdu[] = [];
  readonly #edus: JsonObject[] = [];
  /** The transaction under way. */
  #underway: { txnId: string; readonly content: JsonObject } | undefined;
  #running = false;
  /** A sign of life since the attempt under way began. */
  #heard = false;
  #waiting: AbortController | undefined;
  #watchers: (() => void)[] = [];

  constructor(
    private readonly core: Core,
    private readonly destination: ServerName,
    private stopped: AbortSignal,
    private readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>,
  ) {}

  addPdu(pdu: Pdu): void {
    this.#pdus.push(pdu);
    this.#start();
  }

  addEdu(edu: JsonObject): void {
    this.#edus.push(edu);
    this.#start();
  }

  /** After a stop: goes on with what waits, until the new signal stops it. */
  resume(stopped: AbortSignal): void {
    this.stopped = stopped;
    if (this.core.has("forgets-queue-on-restart")) {
      this.#pdus.length = 0;
      this.#edus.length = 0;
      this.#underway = undefined;
    }
    if (this.#waits()) this.#start();
  }

  /** The server has shown a sign of life: what waits need not wait longer. */
  wake(): void {
    this.#heard = true;
    this.#waiting?.abort();
  }

  /** Ends when nothing is left to send, or the attempt under way has failed. */
  settled(): Promise<void> {
    if (!this.#running || this.#waiting !== undefined) return Promise.resolve();
    return new Promise((resolve) => this.#watchers.push(resolve));
  }

  #settle(): void {
    for (const settled of this.#watchers.splice(0)) settled();
  }

  #start(): void {
    if (this.#running || this.stopped.aborted) return;
    this.#running = true;
    // Begins after the current turn, so that what is sent in one go goes into one transaction.
    void Promise.resolve()
      .then(() => this.#run())
      .finally(() => {
        this.#running = false;
        this.#settle();
        // Resumed before it had ended.
        if (this.#waits()) this.#start();
      });
  }

  async #run(): Promise<void> {
    while (!this.stopped.aborted && this.#waits()) {
      this.#underway ??= this.#next();
      if (await this.#deliver(this.#underway)) this.#underway = undefined;
    }
  }

  #waits(): boolean {
    return this.#underway !== undefined || this.#pdus.length + this.#edus.length > 0;
  }

  /** As much of what waits as goes into one transaction. */
  #next(): { txnId: string; readonly content: JsonObject } {
    const edus = this.#edus.splice(0, this.core.has("sends-too-many-edus") ? 2 * MAX_EDUS : MAX_EDUS);
    const pdus = this.#pdus.splice(0, this.core.has("sends-oversized-transactions") ? 200 : MAX_PDUS);
    if (this.core.has("sends-newest-first")) pdus.reverse();
    const content = {
      origin: this.core.serverName,
      origin_server_ts: this.core.options.now(),
      pdus: pdus as JsonObject[],
      ...(edus.length === 0 ? {} : { edus }),
    };
    return { txnId: this.#freshTxnId(), content };
  }

  /** Whether it was delivered, or given up; not when the server stops before. */
  async #deliver(underway: { txnId: string; readonly content: JsonObject }): Promise<boolean> {
    const { content } = underway;
    for (
      let delay = FIRST_DELAY_MS;
      !this.stopped.aborted && this.#underway === underway;
      delay = Math.min(delay * 2, LONGEST_DELAY_MS)
    ) {
      if (await this.#attempt(underway.txnId, delay === FIRST_DELAY_MS ? content : this.#again(content))) return true;
      if (this.core.has("never-retries-transactions")) return true;
      if (this.core.has("retries-under-new-transaction-id")) underway.txnId = this.#freshTxnId();
      await this.#pause(delay);
    }
    return false;
  }

  /** What a repetition carries: the same. */
  #again(content: JsonObject): JsonObject {
    if (!this.core.has("loses-to-device-in-outage") || !Array.isArray(content.edus)) return content;
    const edus = content.edus.filter((edu) => !isJsonObject(edu) || edu.edu_type !== "m.direct_to_device");
    return { ...content, edus };
  }

  async #attempt(txnId: string, content: JsonObject): Promise<boolean> {
    const uri = `/_matrix/federation/v1/send/${encodeURIComponent(txnId)}`;
    const { destination, stopped: signal } = this;
    this.#heard = false;
    try {
      await sendRequest(this.core, { destination, method: "PUT", uri, content, signed: true, signal });
      return true;
    } catch (error) {
      if (!(error instanceof MatrixError)) throw error;
      this.core.log(`transaction ${txnId} to ${destination}: ${error.status} ${error.errcode}`);
      return false;
    }
  }

  async #pause(delay: number): Promise<void> {
    if (this.#heard) return;
    const waiting = new AbortController();
    this.#waiting = waiting;
    this.#settle();
    const signal = AbortSignal.any([waiting.signal, this.stopped]);
    try {
      await this.sleep(delay, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#waiting = undefined;
    }
  }

  #freshTxnId(): string {
    return encodeUrlSafeBase64(this.core.options.random(12));
  }
}
