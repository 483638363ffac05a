import type { Pdu } from "../../src/matrix/pdu.js";
import { roomVersionRules } from "../../src/matrix/room-versions.js";
import { type StateMap, stateKey } from "../../src/matrix/state-map.js";
import { AuthGraph } from "../../src/matrix/state-resolution/auth-graph.js";
import { ALICE } from "./story.js";

/** One event of a bare auth graph. */
export interface Vertex {
  readonly auth?: readonly string[];
  readonly type?: string;
  readonly sender?: string;
  readonly key?: string;
  readonly ts?: number;
  readonly rejected?: boolean;
  readonly content?: Pdu["content"];
}

/** A bare graph of auth links; what is not said does not matter to the step at hand. */
export function graphOf(vertices: Readonly<Record<string, Vertex>>, version = "11"): AuthGraph {
  const events = new Map(
    Object.entries(vertices).map(([eventId, vertex]) => {
      const event: Pdu = {
        type: vertex.type ?? "m.room.topic",
        sender: vertex.sender ?? ALICE,
        state_key: vertex.key ?? "",
        content: vertex.content ?? {},
        origin_server_ts: vertex.ts ?? 0,
        depth: 1,
        room_id: "!room",
        prev_events: [],
        auth_events: vertex.auth ?? [],
      };
      return [eventId, { eventId, event, rejected: vertex.rejected ?? false }];
    }),
  );
  return new AuthGraph(roomVersionRules(version), (id) => events.get(id));
}

export const PL = "m.room.power_levels";

/** A state by type, all with empty state keys. */
export function stateOf(entries: Readonly<Record<string, string>>): StateMap {
  return new Map(Object.entries(entries).map(([type, id]) => [stateKey(type, ""), id]));
}
