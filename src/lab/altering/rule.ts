import type { JsonObject, JsonValue } from "../../matrix/json.js";

/** A place in a JSON document: `within` is a JSON Pointer in which `*` stands for every member, `where` what must stand there. */
export interface Selection {
  /** The whole document unless said. */
  readonly within?: string;
  readonly where?: JsonObject;
}

/** What is done to each place that is selected. */
export interface Change extends Selection {
  /** From the selected place on, a JSON Pointer in which `*` stands for every member, and `-` for the end of a list; the place itself unless said. */
  readonly at?: string;
  /** The new value; the value is taken out when absent. */
  readonly set?: JsonValue;
}

/** An answer that the tap gives in a server's name. */
export interface StandIn {
  readonly status: number;
  readonly body: JsonObject;
}

/** What the tap does to the requests that a rule is about, or to their answers. */
export type Act =
  | {
      readonly kind: "rewrite-request";
      readonly changes: readonly Change[];
      /** A text of the request target, and what stands there instead. */
      readonly target?: { readonly replace: string; readonly by: string };
      /** A header that is taken off. */
      readonly withoutHeader?: string;
    }
  | { readonly kind: "rewrite-response"; readonly changes: readonly Change[] }
  /** The connection is cut, unless there is something to answer with. */
  | { readonly kind: "lose-request"; readonly standIn?: StandIn }
  /** The request arrives; its sender never gets the answer to it. */
  | { readonly kind: "lose-response"; readonly standIn?: StandIn }
  /** The sender is told that all is well, and the request waits for its release. */
  | { readonly kind: "hold-back"; readonly standIn: StandIn };

/** Which requests are meant. */
export interface RequestSelection {
  /** Ids of endpoints, each of which stands for a method and a path (server-server-api). */
  readonly endpoints: readonly string[];
  /** Only requests with such a place in their body. */
  readonly carrying?: Selection;
  /** Only requests whose target holds this text, percent-encoding undone. */
  readonly targetHolds?: string;
}

/** What the tap alters of the requests that one server sends to another. Plain data. */
export interface AlterationRule extends RequestSelection {
  /** Unique in the lab. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** The server names of who asks and of who is asked. */
  readonly from: string;
  readonly to: string;
  /** On so many requests; on all unless said. */
  readonly times?: number;
  readonly act: Act;
}
