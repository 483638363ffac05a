import type { IdentifiedEvent } from "../events/references.js";
import type { JsonObject } from "../json.js";
import type { UserId } from "../pdu.js";
import type { StateMap } from "../state-map.js";
import type { GraphNode } from "./topological.js";

/** One event of a history told by names; ids, auth events and depth follow from the rest. */
export interface HistoryNode extends GraphNode {
  readonly sender: UserId;
  readonly type: string;
  readonly stateKey?: string;
  readonly content: JsonObject;
}

/** What is worked out for a node before it becomes an event. */
export interface HistoryDraft {
  readonly node: HistoryNode;
  readonly prevEvents: readonly IdentifiedEvent[];
  readonly authEvents: readonly IdentifiedEvent[];
  readonly depth: number;
  readonly stateBefore: StateMap;
}

/** A node names another that is not in the history. */
export class UnknownNodeError extends Error {
  readonly code = "UNKNOWN_NODE";

  constructor(readonly nodeName: string) {
    super(`no node of the history is called ${JSON.stringify(nodeName)}`);
    this.name = "UnknownNodeError";
  }
}
