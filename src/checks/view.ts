import type { Binding, ScenarioInstance } from "../evidence/journal-entry.js";
import type { SeenExchange } from "../evidence/seen-exchange.js";
import type { JsonObject } from "../matrix/json.js";

export type { SeenExchange };

export interface Observation {
  readonly seq: number;
  readonly step: string;
  readonly what: string;
  readonly data: JsonObject;
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
  /** The longest time for which Concordat itself got nothing done meanwhile, in milliseconds. */
  readonly standstillMs: number;
}
