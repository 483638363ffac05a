import type { HistoryDraft } from "../../src/matrix/dag/history.js";
import { eventIdOf } from "../../src/matrix/events/hashes.js";
import { completeEvent } from "../../src/matrix/events/sign.js";
import type { JsonObject } from "../../src/matrix/json.js";
import type { EventId, Pdu } from "../../src/matrix/pdu.js";
import { roomVersionRules } from "../../src/matrix/room-versions.js";
import { composeHistory } from "./compose-history.js";
import { NOW, ONE, roomOf, TWO, transaction } from "./exchanges.js";
import type { JudgedStory } from "./judged-story.js";
import { join, joinRules, levels, message, state, type Told, topic } from "./story.js";

const RULES = roomVersionRules("11");
const [ALICE, BOB] = [`@alice:${ONE.name}`, `@bob:${TWO.name}`];

/**
 * A room of version 11 in which two people write at once:
 *
 *     create - alice - levels - rules - bob -+- left --------+- merge
 *                                            +- right - far -+
 */
const NODES: readonly Told[] = [
  state("create", ALICE, "m.room.create", "", { room_version: "11" }, { prev: [] }),
  join("alice", ALICE, { prev: ["create"] }),
  levels("levels", ALICE, { [ALICE]: 100 }, { prev: ["alice"] }),
  joinRules("rules", ALICE, "public", { prev: ["levels"] }),
  join("bob", BOB, { prev: ["rules"] }),
  topic("left", ALICE, { prev: ["bob"] }),
  message("right", BOB, { prev: ["bob"] }),
  message("far", BOB, { prev: ["right"] }),
  message("merge", ALICE, { prev: ["left", "far"] }),
];

export type Name = string;

/** What is different in one event from what an honest server would have made; hashed and signed all the same. */
export type Faults = { readonly [name: Name]: Partial<Pdu> };

/** The same room, honest but for the faults; and those who tell of it. */
export class TravelledRoom {
  readonly #outcomes: ReadonlyMap<Name, { readonly eventId: EventId; readonly event: Pdu }>;
  readonly #faulty: ReadonlyMap<Name, { readonly eventId: EventId; readonly event: Pdu }>;

  constructor(faults: Faults = {}) {
    this.#outcomes = composeHistory(NODES, {
      rules: RULES,
      signedBy: () => true,
      complete: (draft) => made(draft, {}),
    });
    this.#faulty = new Map(
      Object.entries(faults).map(([name, fault]) => {
        const { event } = this.#of(name);
        return [name, signed({ ...event, ...fault })];
      }),
    );
  }

  id(name: Name): EventId {
    return (this.#faulty.get(name) ?? this.#of(name)).eventId;
  }

  pdu(name: Name): JsonObject {
    return (this.#faulty.get(name) ?? this.#of(name)).event as unknown as JsonObject;
  }

  get names(): readonly Name[] {
    return NODES.map(({ name }) => name);
  }

  /** The room and its events are known by name, and all but some have travelled. */
  tell(story: JudgedStory, without: readonly Name[] = []): JudgedStory {
    story.room("hall").keys(ONE).keys(TWO);
    for (const name of this.names) story.event(name, this.id(name));
    const travelled = this.names.filter((name) => !without.includes(name)).map((name) => this.pdu(name));
    const sent = transaction(travelled);
    story.exchange({ method: "PUT", target: sent.request.target, rawBody: String(sent.requestBytes()) });
    return story;
  }

  #of(name: Name) {
    const found = this.#outcomes.get(name);
    if (found === undefined) throw new Error(`no event ${name}`);
    return found;
  }
}

function made({ node, prevEvents, authEvents, depth }: HistoryDraft, fault: Partial<Pdu>) {
  const draft = {
    type: node.type,
    sender: node.sender,
    room_id: roomOf("11"),
    content: node.content,
    origin_server_ts: NOW + NODES.findIndex(({ name }) => name === node.name),
    depth,
    prev_events: prevEvents.map(({ eventId }) => eventId),
    auth_events: authEvents.map(({ eventId }) => eventId),
    ...(node.stateKey === undefined ? {} : { state_key: node.stateKey }),
    ...fault,
  };
  return signed(draft as unknown as Pdu);
}

function signed(draft: Pdu): { readonly eventId: EventId; readonly event: Pdu } {
  const server = draft.sender === BOB ? TWO : ONE;
  const event = completeEvent(
    { ...draft, hashes: {}, signatures: {} } as unknown as Pdu,
    RULES,
    server.name,
    server.key,
  );
  return { eventId: eventIdOf(event, RULES), event };
}
