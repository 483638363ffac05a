import type { AuthVerdict } from "../auth-rules/verdict.js";
import type { EventId } from "../pdu.js";
import type { StateKey, StateMap } from "../state-map.js";

/** Why an event stands in an order right after the one before it. */
export type Because = "first" | "rests-on-it" | "level" | "position" | "depth" | "time" | "id";

export interface OrderedEvent {
  readonly eventId: EventId;
  readonly because: Because;
}

/** One step that a resolution took, in the words of its algorithm. */
export type ResolutionStep =
  /** The states name different events for an entry. `absent`: some name none, which is a conflict from version 2 on. */
  | {
      readonly step: "conflict";
      readonly key: StateKey;
      readonly candidates: readonly EventId[];
      readonly absent: boolean;
    }
  | { readonly step: "full-conflicted-set"; readonly events: readonly EventId[] }
  /** The events to be checked next, in this order. */
  | { readonly step: "order"; readonly by: "power" | "mainline" | "depth"; readonly events: readonly OrderedEvent[] }
  /** The power levels events by which the others are ordered, the newest first. */
  | { readonly step: "mainline"; readonly events: readonly EventId[] }
  /** An auth check of the algorithm. Allowed: the event then holds its entry. */
  | { readonly step: "check"; readonly eventId: EventId; readonly verdict: AuthVerdict }
  /** The first candidate of version 1, which enters without a check. */
  | { readonly step: "unchecked"; readonly eventId: EventId }
  /** An entry on which the states agree, put back over what the checks gave. */
  | { readonly step: "put-back"; readonly key: StateKey; readonly eventId: EventId };

/** Is told of every step of a resolution. Without one, nothing is computed for it. */
export type Witness = (step: ResolutionStep) => void;

/** How a resolution came to its result. */
export interface ResolutionAccount {
  readonly resolved: StateMap;
  /** In the order in which they were taken; none where the states do not differ. */
  readonly steps: readonly ResolutionStep[];
}
