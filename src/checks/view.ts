import type { Exchange } from "../evidence/exchange.js";
import type { Binding, ScenarioInstance } from "../evidence/journal-entry.js";
import type { JsonObject, JsonValue } from "../matrix/json.js";

export interface Observation {
  readonly seq: number;
  readonly step: string;
  readonly what: string;
  readonly data: JsonObject;
}

/** A recorded exchange with its bodies at hand. */
export interface SeenExchange extends Exchange {
  readonly seq: number;
  requestBytes(): Uint8Array;
  responseBytes(): Uint8Array;
  /** The body as JSON; undefined when it is empty or not JSON. */
  requestJson(): JsonValue | undefined;
  responseJson(): JsonValue | undefined;
}

/** The evidence of one scenario instance up to the moment of the judgement. Read only, in memory. */
export interface JudgeView {
  readonly instance: ScenarioInstance;
  /** The id of the step whose expectation is judged. */
  readonly step: string;
  /** The expectation's id; a check's observations carry it as `data.expectation`. */
  readonly expectation: string;
  binding(name: string): Binding | undefined;
  /** All observations so far, oldest first. */
  readonly observations: readonly Observation[];
  /** Observations of the step that is judged. */
  readonly here: readonly Observation[];
  /** The instance's exchanges, oldest first. */
  readonly exchanges: readonly SeenExchange[];
  exchange(id: string): SeenExchange | undefined;
  /** The exchange whose response the step recorded last (observation `response`). */
  response(step?: string): SeenExchange | undefined;
  /** Public keys of a server by key id (unpadded base64), as far as the evidence holds them. */
  serverKeys(serverName: string): ReadonlyMap<string, string>;
  serverName(seat: string): string;
}
