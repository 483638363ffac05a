import { authEventIds } from "../../matrix/events/references.js";
import type { JsonObject } from "../../matrix/json.js";
import { isJsonObject } from "../../matrix/json.js";
import type { EventId, Pdu, ServerName } from "../../matrix/pdu.js";
import { type StateMap, stateKey } from "../../matrix/state-map.js";
import type { Core } from "../core.js";
import type { ComposedEvent, FederationClient } from "../parts.js";
import { inOrder } from "../rooms/auth-chain.js";
import type { Intake } from "../rooms/intake.js";
import type { StoredRoom } from "../rooms/stored-room.js";
import { attempt } from "./attempt.js";
import { objectsIn, stringsIn } from "./body.js";
import type { EventChecks } from "./event-checks.js";

// Where more than one in so many events is missing, the whole state is cheaper than one request for each.
const MANY = 10;
const MAX_SINGLE_FETCHES = 200;

/** Events that are needed to judge others: auth chains and states, fetched from whoever sent the event that rests on them. */
export class Outliers {
  constructor(
    private readonly core: Core,
    private readonly intake: Intake,
    private readonly checks: EventChecks,
    private readonly federation: FederationClient,
  ) {}

  /** Keeps those of the events that pass the checks, each judged by its auth events. Answers which they are. */
  async keep(
    room: StoredRoom,
    events: readonly JsonObject[],
    server: ServerName,
    believed = false,
  ): Promise<readonly ComposedEvent[]> {
    const sound: ComposedEvent[] = [];
    const source = { server, believed };
    for (const json of events) {
      const checked = await attempt(this.core, () => this.checks.check(json, room.rules, room.roomId, source));
      if (checked !== undefined) sound.push(checked);
    }
    for (const { eventId, event } of inOrder(sound)) this.intake.keepOutlier(room, eventId, event);
    return sound;
  }

  /** Gets the auth events of an event that are not known yet, with all that they rest on. */
  async completeAuthChain(room: StoredRoom, { eventId, event }: ComposedEvent, source: ServerName): Promise<void> {
    if (missingAuthEvents(room, event).length === 0) return;
    const path = `/_matrix/federation/v1/event_auth/${encodeURIComponent(room.roomId)}/${encodeURIComponent(eventId)}`;
    const answer = await attempt(this.core, () => this.federation.request(source, "GET", path));
    const believed = this.core.has("trusts-told-auth-chains");
    if (isJsonObject(answer)) await this.keep(room, objectsIn(answer.auth_chain), source, believed);
    await this.#fetchEach(room, missingAuthEvents(room, event), source);
  }

  /** The state before an event as another server tells it; undefined when it does not. Rejected events are no part of it. */
  async stateBefore(room: StoredRoom, eventId: EventId, source: ServerName): Promise<StateMap | undefined> {
    const query = `${encodeURIComponent(room.roomId)}?event_id=${encodeURIComponent(eventId)}`;
    const ids = await attempt(this.core, () =>
      this.federation.request(source, "GET", `/_matrix/federation/v1/state_ids/${query}`),
    );
    if (!isJsonObject(ids)) return undefined;
    const stateIds = stringsIn(ids.pdu_ids);
    const wanted = new Set([...stringsIn(ids.auth_chain_ids), ...stateIds]);
    const missing = [...wanted].filter((id) => room.record(id) === undefined);
    if (missing.length * MANY > wanted.size) await this.#fetchState(room, query, source);
    await this.#fetchEach(
      room,
      missing.filter((id) => room.record(id) === undefined),
      source,
    );
    return stateOf(room, stateIds, this.core.has("rejected-events-enter-told-state"));
  }

  async #fetchState(room: StoredRoom, query: string, source: ServerName): Promise<void> {
    const answer = await attempt(this.core, () =>
      this.federation.request(source, "GET", `/_matrix/federation/v1/state/${query}`),
    );
    if (isJsonObject(answer))
      await this.keep(room, [...objectsIn(answer.auth_chain), ...objectsIn(answer.pdus)], source, this.#believes());
  }

  async #fetchEach(room: StoredRoom, ids: readonly EventId[], source: ServerName): Promise<void> {
    const fetched = new Map<EventId, JsonObject>();
    const pending = [...ids];
    for (let id = pending.pop(); id !== undefined && fetched.size < MAX_SINGLE_FETCHES; id = pending.pop()) {
      if (fetched.has(id) || room.record(id) !== undefined) continue;
      const uri = `/_matrix/federation/v1/event/${encodeURIComponent(id)}`;
      const answer = await attempt(this.core, () => this.federation.request(source, "GET", uri));
      const [json] = isJsonObject(answer) ? objectsIn(answer.pdus) : [];
      const event = json && (await attempt(this.core, async () => this.checks.checkFormat(json, room.rules)));
      if (json === undefined || event === undefined) continue;
      fetched.set(id, json);
      pending.push(...missingAuthEvents(room, event));
    }
    await this.keep(room, [...fetched.values()], source, this.#believes());
  }

  #believes(): boolean {
    return this.core.has("trusts-told-state");
  }
}

/** A state made of events that the room knows; what is unknown, rejected or no state event is left out. */
export function stateOf(room: StoredRoom, ids: readonly EventId[], rejectedToo = false): StateMap {
  const state = new Map<string, EventId>();
  for (const id of ids) {
    const record = room.record(id);
    if (record === undefined || (record.rejected && !rejectedToo) || record.event.state_key === undefined) continue;
    state.set(stateKey(record.event.type, record.event.state_key), id);
  }
  return state;
}

function missingAuthEvents(room: StoredRoom, event: Pdu): readonly EventId[] {
  return authEventIds(event).filter((id) => room.record(id) === undefined);
}
