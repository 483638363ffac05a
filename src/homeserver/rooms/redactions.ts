import { powerLevels } from "../../matrix/auth-rules/power-levels.js";
import { redact } from "../../matrix/events/redaction.js";
import type { EventId, Pdu } from "../../matrix/pdu.js";
import type { RedactionRules } from "../../matrix/redaction-rules.js";
import { type RoomVersionRules, roomVersionRules } from "../../matrix/room-versions.js";
import type { Core } from "../core.js";
import type { EventRecord } from "../parts.js";
import { lookupIn } from "./lookup.js";
import { domainOf } from "./membership.js";
import type { RoomStore } from "./room-store.js";
import type { StoredRoom } from "./stored-room.js";

/** Applies redactions once both partners are there (rooms/v3#handling-redactions). */
export class Redactions {
  readonly #waiting = new Map<EventId, EventId[]>();

  constructor(
    private readonly core: Core,
    private readonly store: RoomStore,
  ) {}

  /** Whether the event must stay away from clients until its redaction has been found to be right. */
  withholds(room: StoredRoom, event: Pdu): boolean {
    return (
      event.type === "m.room.redaction" && !room.rules.redactionByAuthRule && !this.core.has("shows-any-redaction")
    );
  }

  /** Looks at an event that has just been accepted, as redaction and as target. */
  consider(room: StoredRoom, record: EventRecord): void {
    const target = redactedBy(room, record.event);
    if (target !== undefined) this.#apply(room, record.eventId, target);
    const waiting = this.#waiting.get(record.eventId) ?? [];
    this.#waiting.delete(record.eventId);
    for (const redaction of waiting) this.#apply(room, redaction, record.eventId);
  }

  #apply(room: StoredRoom, redactionId: EventId, targetId: EventId): void {
    const redaction = room.record(redactionId);
    const target = room.record(targetId);
    if (redaction === undefined || redaction.rejected || redaction.softFailed) return;
    if (target === undefined || target.rejected) {
      this.#redactElsewhere(room, redactionId, targetId);
      if (!this.core.has("forgets-waiting-redactions")) this.#wait(redactionId, targetId);
      return;
    }
    if (!this.#mayRedact(room, redaction, target) || this.core.has("ignores-redactions")) return;
    if (target.redactedBy === undefined) room.redact(targetId, this.#stripped(room, target.event), redactionId);
    if (!this.withholds(room, redaction.event)) return;
    const shown = room.reveal(redactionId, this.store.nextPosition());
    if (shown !== undefined) this.store.changed({ roomId: room.roomId, record: shown });
  }

  #redactElsewhere({ roomId }: StoredRoom, redactionId: EventId, targetId: EventId): void {
    const other = this.core.has("redacts-across-rooms") ? this.store.roomOf(targetId) : undefined;
    const target = other?.roomId === roomId ? undefined : other?.record(targetId);
    if (target !== undefined) other?.redact(targetId, this.#stripped(other, target.event), redactionId);
  }

  #stripped(room: StoredRoom, event: Pdu): Pdu {
    const kept = redact(event, redactionRules(this.core, room.rules));
    if (this.core.has("redaction-changes-the-event")) return { ...kept, origin_server_ts: kept.origin_server_ts + 1 };
    if (this.core.has("keeps-unknown-members")) return { ...unknownMembers(event), ...kept };
    return this.core.has("strips-too-much") ? { ...kept, content: {} } : kept;
  }

  #wait(redactionId: EventId, targetId: EventId): void {
    this.#waiting.set(targetId, [...(this.#waiting.get(targetId) ?? []), redactionId]);
  }

  #mayRedact(room: StoredRoom, redaction: EventRecord, target: EventRecord): boolean {
    const byEntry = room.rules.redactionByAuthRule && !this.core.has("removes-by-level-alone-in-old-rooms");
    if (byEntry || this.core.has("applies-any-redaction")) return true;
    if (!room.rules.redactionByAuthRule && domainOf(redaction.event.sender) === domainOf(target.event.sender)) {
      return !this.core.has("authors-cannot-take-back");
    }
    const state = room.stateBefore(redaction.eventId) ?? room.currentState();
    const levels = powerLevels(lookupIn(room, state), room.rules);
    const ownRight = levels.toSend(target.event.type, target.event.state_key !== undefined);
    if (this.core.has("redacts-only-what-one-may-send") && levels.ofUser(redaction.event.sender) < ownRight)
      return false;
    return levels.ofUser(redaction.event.sender) >= levels.redact;
  }
}

function unknownMembers(event: Pdu): Partial<Pdu> {
  const known = new Set([...roomVersionRules("1").redaction.topLevel, "unsigned", "redacts"]);
  return Object.fromEntries(Object.entries(event).filter(([key]) => !known.has(key)));
}

/** What a redaction keeps, as the server's faults see it. */
function redactionRules(core: Core, rules: RoomVersionRules): RoomVersionRules {
  const { topLevel, content } = rules.redaction;
  const kept = (more: Partial<RedactionRules>) => ({ ...rules, redaction: { topLevel, content, ...more } });
  if (core.has("keeps-aliases")) return kept({ content: { ...content, "m.room.aliases": ["aliases"] } });
  if (core.has("strips-aliases")) return kept({ content: { ...content, "m.room.aliases": [] } });
  if (core.has("strips-first-events-in-the-newest-rooms") && rules.roomIds === "create-hash") {
    return kept({ content: { ...content, "m.room.create": [] } });
  }
  if (core.has("strips-vouchers")) return kept({ content: { ...content, "m.room.member": ["membership"] } });
  if (core.has("strips-former-members")) return kept({ topLevel: roomVersionRules("11").redaction.topLevel });
  if (core.has("keeps-former-members")) return kept({ topLevel: roomVersionRules("1").redaction.topLevel });
  if (core.has("strips-as-in-the-oldest-rooms")) return { ...rules, redaction: roomVersionRules("1").redaction };
  return core.has("strips-as-in-the-newest-rooms") ? { ...rules, redaction: roomVersionRules("12").redaction } : rules;
}

function redactedBy(room: StoredRoom, event: Pdu): EventId | undefined {
  if (event.type !== "m.room.redaction") return undefined;
  const redacts = room.rules.redactsIn === "content" ? event.content.redacts : event.redacts;
  return typeof redacts === "string" ? redacts : undefined;
}
