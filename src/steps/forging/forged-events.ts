import type { JsonObject } from "../../matrix/json.js";
import type { StepContext } from "../context.js";

/** An event that a peer wrote, with what is to be sent of it. */
export interface ForgedEvent {
  readonly eventId: string;
  /** The name of its room. */
  readonly room: string;
  /** The seat of the peer that wrote it. */
  readonly seat: string;
  readonly pdu: JsonObject;
}

/** The event that a peer wrote under a name; an authoring error when the name stands for anything else. */
export function forgedEvent(context: StepContext, name: string): ForgedEvent {
  const bound = context.bound(name, "event");
  if (bound.pdu === undefined) throw new Error(`${name} was not written by a peer, so that no peer can send it`);
  return bound as unknown as ForgedEvent;
}
