import type { EvidenceIndex } from "../checks/evidence-index.js";
import type { Journal } from "../evidence/journal.js";
import type { ExchangeRecorder } from "../evidence/recorder.js";
import type { Lab } from "../lab/lab.js";
import type { NetLimits } from "../net/limits.js";
import type { StartedTarget } from "../targets/target.js";
import type { Pulse } from "./pulse.js";

/** What all scenario instances of a run share. */
export interface RunServices {
  readonly lab: Lab;
  readonly journal: Journal;
  readonly index: EvidenceIndex;
  readonly recorder: ExchangeRecorder;
  readonly seed: string;
  /** What a server may make this process spend; each layer's own limits unless said. */
  readonly limits?: NetLimits;
  /** Milliseconds for which an expectation waits at most. */
  readonly patienceMs?: number;
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

/** What playing an instance takes. */
export interface PlayServices extends RunServices {
  /** Of this process. */
  readonly pulse: Pulse;
  /** The instances that are played just now. */
  readonly playing: Set<string>;
}

/** A scenario instance with its servers chosen, ready to be run. */
export interface Seating {
  readonly [seat: string]: StartedTarget;
}
