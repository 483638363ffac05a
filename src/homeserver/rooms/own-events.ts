import { nonCanonicalPlace } from "../../matrix/canonical-json.js";
import { eventSizeProblem } from "../../matrix/events/size.js";
import type { EventId, ServerName } from "../../matrix/pdu.js";
import type { Core } from "../core.js";
import { type ComposedEvent, type EventDraft, type EventRecord, type FederationClient, MatrixError } from "../parts.js";
import { compose } from "./compose.js";
import type { Intake } from "./intake.js";
import { refusalByAuthEvents, refusalIn } from "./judge.js";
import { domainOf, isOwnMembership } from "./membership.js";
import type { PolicyServers } from "./policy-servers.js";
import type { StoredRoom } from "./stored-room.js";

/** Events by this server's users: composed, checked as everybody will check them, taken in, sent out. */
export class OwnEvents {
  constructor(
    private readonly core: Core,
    private readonly intake: Intake,
    private readonly federation: FederationClient,
    private readonly policyServers: PolicyServers,
  ) {}

  /**
   * Sends a draft; rejects with MatrixError 403 when the room does not allow it, 413 when it is too large, and as its policy
   * server says. Without a policy server all is done before the first await.
   */
  async send(room: StoredRoom, draft: EventDraft): Promise<EventId> {
    const composed = this.prepare(room, draft);
    if (!this.policyServers.concerns(room, composed.event)) return this.accept(room, composed).eventId;
    const stateBefore = room.currentState();
    return this.accept(room, await this.policyServers.approved(room, composed), stateBefore).eventId;
  }

  /** As `send`, for the first events of a room, which has no other members yet. */
  begin(room: StoredRoom, draft: EventDraft): EventId {
    return this.accept(room, this.prepare(room, draft)).eventId;
  }

  /** The event for a draft, allowed by the current state. */
  prepare(room: StoredRoom, draft: EventDraft): ComposedEvent {
    const composed = compose(this.core, room, draft);
    const odd = room.rules.strictCanonicalJson ? nonCanonicalPlace(composed.event) : undefined;
    if (odd !== undefined && !this.#passes(odd.path))
      throw new MatrixError(400, "M_BAD_JSON", `${odd.reason} at ${odd.path}`);
    const problem = eventSizeProblem(composed.event, room.rules);
    if (problem !== undefined && !this.core.has("sends-oversized-events"))
      throw new MatrixError(413, "M_TOO_LARGE", problem);
    const refused =
      refusalIn(this.core, room, composed.event, room.currentState()) ??
      (this.#hasFaultyReferences() ? undefined : refusalByAuthEvents(this.core, room, composed.event));
    if (refused !== undefined) throw new MatrixError(403, "M_FORBIDDEN", refused);
    return composed;
  }

  #passes(place: string): boolean {
    return place === "/depth" ? this.core.has("depth-without-ceiling") : this.core.has("sends-any-numbers");
  }

  /** Takes a prepared event into the room and sends it to the servers there. */
  accept(room: StoredRoom, { eventId, event }: ComposedEvent, stateBefore = room.currentState()): EventRecord {
    const record = this.intake.put(room, { eventId, event, stateBefore }, { rejected: false, softFailed: false });
    this.distribute(room, record, []);
    return record;
  }

  /** Sends an event to every other server that is in the room before or after it. */
  distribute(room: StoredRoom, record: EventRecord, except: readonly ServerName[]): void {
    const before = room.stateBefore(record.eventId);
    const told = before !== undefined && !this.core.has("removed-servers-are-not-told");
    const there = new Set([...room.joinedServers(), ...(told ? room.joinedServersIn(before) : [])]);
    if (this.core.has("sends-to-those-who-left")) for (const server of serversEver(room)) there.add(server);
    for (const server of [this.core.serverName, ...except]) there.delete(server);
    if (
      this.core.has("keeps-own-leaves") &&
      isOwnMembership(record.event, "leave") &&
      this.core.isLocal(record.event.sender)
    )
      return;
    this.federation.sendPdu([...there], record.event);
  }

  #hasFaultyReferences(): boolean {
    const faults = this.core.has("auth-events-missing-power-levels") || this.core.has("v12-create-in-auth-events");
    return faults || this.core.has("cites-no-invitation");
  }
}

function serversEver(room: StoredRoom): readonly ServerName[] {
  const members = [...room.records()].flatMap(({ event }) => (event.type === "m.room.member" ? [event.state_key] : []));
  return members.flatMap((user) => (user === undefined ? [] : [domainOf(user)]));
}
