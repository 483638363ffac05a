import type { EventOutcome } from "../../src/matrix/dag/graph-resolver.js";
import type { HistoryDraft, HistoryNode } from "../../src/matrix/dag/history.js";
import type { IdentifiedEvent } from "../../src/matrix/events/references.js";
import type { JsonObject } from "../../src/matrix/json.js";
import type { EventId, Pdu } from "../../src/matrix/pdu.js";
import { type RoomVersionRules, roomVersionRules } from "../../src/matrix/room-versions.js";
import { type StateMap, stateKey } from "../../src/matrix/state-map.js";
import { resolveState } from "../../src/matrix/state-resolution/resolve.js";
import { composeHistory } from "./compose-history.js";

/** A node of a story. Its event id is `$` and its name (with a domain where the version asks); time runs with the telling. */
export interface Told extends HistoryNode {
  readonly ts?: number;
  readonly depth?: number;
}

export const ALICE = "@alice:a.example";
export const BOB = "@bob:b.example";
export const CHARLIE = "@charlie:c.example";
export const DAVE = "@dave:d.example";

type Rest = { readonly prev: readonly string[]; readonly ts?: number; readonly depth?: number };

export function state(name: string, sender: string, type: string, key: string, content: JsonObject, rest: Rest): Told {
  return { name, sender, type, stateKey: key, content, ...rest };
}

export function membership(name: string, sender: string, target: string, value: string, rest: Rest): Told {
  return state(name, sender, "m.room.member", target, { membership: value }, rest);
}

export function join(name: string, user: string, rest: Rest): Told {
  return membership(name, user, user, "join", rest);
}

/** Users' levels, with anything else the content shall say. */
export function levels(name: string, sender: string, users: JsonObject, rest: Rest, more: JsonObject = {}): Told {
  return state(name, sender, "m.room.power_levels", "", { users, ...more }, rest);
}

export function joinRules(name: string, sender: string, rule: string, rest: Rest): Told {
  return state(name, sender, "m.room.join_rules", "", { join_rule: rule }, rest);
}

export function topic(name: string, sender: string, rest: Rest): Told {
  return state(name, sender, "m.room.topic", "", { topic: name }, rest);
}

export function message(name: string, sender: string, rest: Rest): Told {
  return { name, sender, type: "m.room.message", content: { body: name }, ...rest };
}

/** A public room of Alice's, up to and including "rules"; others join after it. `users` are the first power levels. */
export function opening(version: string, users: JsonObject = {}, more: JsonObject = {}): Told[] {
  const own: JsonObject = roomVersionRules(version).privilegedCreators ? {} : { [ALICE]: 100 };
  return [
    state("create", ALICE, "m.room.create", "", { creator: ALICE }, { prev: [] }),
    join("alice", ALICE, { prev: ["create"] }),
    levels("levels", ALICE, { ...own, ...users }, { prev: ["alice"] }, more),
    joinRules("rules", ALICE, "public", { prev: ["levels"] }),
  ];
}

/** A story told in one room version. */
export class Story {
  readonly rules: RoomVersionRules;
  readonly outcomes: ReadonlyMap<string, EventOutcome>;
  readonly #byId: ReadonlyMap<EventId, EventOutcome>;

  constructor(
    readonly version: string,
    nodes: readonly Told[],
  ) {
    this.rules = roomVersionRules(version);
    const times = new Map(nodes.map((node, index) => [node.name, node.ts ?? (index + 1) * 1000]));
    const complete = (draft: HistoryDraft) => completed(draft, this.rules, times.get(draft.node.name) ?? 0);
    this.outcomes = composeHistory(nodes, { rules: this.rules, signedBy: () => true, complete });
    this.#byId = new Map([...this.outcomes.values()].map((outcome) => [outcome.eventId, outcome]));
  }

  outcome(name: string): EventOutcome {
    const outcome = this.outcomes.get(name);
    if (outcome === undefined) throw new Error(`no event ${name} in this story`);
    return outcome;
  }

  get events(): IdentifiedEvent[] {
    return [...this.outcomes.values()].map(({ eventId, event }) => ({ eventId, event }));
  }

  readonly event = (id: EventId): EventOutcome | undefined => this.#byId.get(id);

  /** A state made of these events, by name. */
  stateOf(...names: readonly string[]): StateMap {
    return new Map(
      names.map((name) => {
        const { event, eventId } = this.outcome(name);
        return [stateKey(event.type, event.state_key ?? ""), eventId];
      }),
    );
  }

  /** The names of the events in the state to which these states resolve, by key. */
  resolve(...states: readonly StateMap[]): Resolved {
    return this.named(resolveState({ rules: this.rules, states, event: this.event }));
  }

  named(resolved: StateMap): Resolved {
    const name = (type: string, key: string): string | undefined => nameIn(resolved.get(stateKey(type, key)));
    return {
      levels: name("m.room.power_levels", ""),
      rules: name("m.room.join_rules", ""),
      topic: name("m.room.topic", ""),
      member: (user) => name("m.room.member", user),
      at: name,
    };
  }
}

export interface Resolved {
  readonly levels: string | undefined;
  readonly rules: string | undefined;
  readonly topic: string | undefined;
  member(user: string): string | undefined;
  at(type: string, key: string): string | undefined;
}

function nameIn(id: EventId | undefined): string | undefined {
  return id?.slice(1).split(":")[0];
}

function completed(draft: HistoryDraft, rules: RoomVersionRules, ts: number): IdentifiedEvent {
  const node: Told = draft.node;
  const inField = rules.eventIds === "field";
  const eventId = `$${node.name}${inField ? ":x.example" : ""}`;
  const reference = ({ eventId: id }: IdentifiedEvent) => (rules.references === "ids" ? id : ([id, {}] as const));
  const hasRoomId = rules.roomIds === "domain" || node.type !== "m.room.create";
  const event: Pdu = {
    type: node.type,
    sender: node.sender,
    content: node.content,
    origin_server_ts: ts,
    depth: node.depth ?? draft.depth,
    prev_events: draft.prevEvents.map(reference),
    auth_events: draft.authEvents.map(reference),
    ...(node.stateKey === undefined ? {} : { state_key: node.stateKey }),
    ...(inField ? { event_id: eventId } : {}),
    ...(hasRoomId ? { room_id: rules.roomIds === "domain" ? "!room:a.example" : "!create" } : {}),
  };
  return { eventId, event };
}
