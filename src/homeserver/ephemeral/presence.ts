import { serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { ServerName, UserId } from "../../matrix/pdu.js";
import { roommates, serversSharingWith, weShareRoomWith } from "../accounts/sharing.js";
import type { Context } from "../parts.js";
import type { Wakeups } from "../sync/wakeups.js";

export type PresenceState = "online" | "offline" | "unavailable";

interface UserPresence {
  readonly presence: PresenceState;
  readonly statusMessage?: string;
  /** Milliseconds since the Unix epoch. */
  readonly lastActiveAt: number;
  readonly currentlyActive: boolean;
  readonly position: number;
}

export function isPresenceState(value: unknown): value is PresenceState {
  return value === "online" || value === "offline" || value === "unavailable";
}

/** Who is there (client-server-api#presence, server-server-api#presence). */
export class Presence {
  readonly #context: Context;
  readonly #wakeups: Wakeups;
  readonly #users = new Map<UserId, UserPresence>();

  constructor(context: Context, wakeups: Wakeups) {
    this.#context = context;
    this.#wakeups = wakeups;
    context.edus.on("m.presence", (origin, content) => this.#receive(origin, content));
  }

  setLocal(user: UserId, presence: PresenceState, statusMessage?: string): void {
    this.#store(user, {
      presence,
      ...(statusMessage === undefined ? {} : { statusMessage }),
      lastActiveAt: this.#context.options.now(),
      currentlyActive: presence === "online",
    });
    if (this.#context.has("drops-presence")) return;
    const content = { push: [this.content(user)] };
    this.#context.federation.sendEdu(serversSharingWith(this.#context, user), { edu_type: "m.presence", content });
  }

  /** A client that syncs shows that its user is there; only a change is passed on. */
  seen(user: UserId, presence: PresenceState): void {
    if (presence === "offline" || this.#users.get(user)?.presence === presence) return;
    this.setLocal(user, presence, this.#users.get(user)?.statusMessage);
  }

  /** What m.presence says of the user, `user_id` included. */
  content(user: UserId): JsonObject {
    const known = this.#users.get(user);
    if (known === undefined) return { user_id: user, presence: "offline", last_active_ago: 0 };
    return {
      user_id: user,
      presence: known.presence,
      last_active_ago: Math.max(0, this.#context.options.now() - known.lastActiveAt),
      currently_active: known.currentlyActive,
      ...(known.statusMessage === undefined ? {} : { status_msg: known.statusMessage }),
    };
  }

  /** Presence events for what changed after `since`, of the viewer and those who share a room with the viewer. */
  changedSince(since: number, viewer: UserId): readonly JsonObject[] {
    const changed = [...this.#users].filter(([, known]) => known.position > since);
    if (changed.length === 0) return [];
    const seen = roommates(this.#context, viewer);
    return changed
      .filter(([user]) => user === viewer || seen.has(user))
      .map(([user]) => {
        const { user_id: _sender, ...content } = this.content(user);
        return { type: "m.presence", sender: user, content };
      });
  }

  #store(user: UserId, presence: Omit<UserPresence, "position">): void {
    this.#users.set(user, { ...presence, position: this.#context.rooms.nextPosition() });
    this.#wakeups.wake();
  }

  #receive(origin: ServerName, content: JsonObject): void {
    const push: JsonValue | undefined = content.push;
    if (!Array.isArray(push) || this.#context.has("ignores-received-presence")) return;
    for (const entry of push) {
      if (isJsonObject(entry)) this.#receiveOne(origin, entry);
    }
  }

  #receiveOne(origin: ServerName, entry: JsonObject): void {
    const { user_id: user, presence, status_msg: statusMessage, last_active_ago: ago } = entry;
    if (typeof user !== "string" || !isPresenceState(presence)) return;
    if (entry.currently_active === undefined && this.#context.has("presence-needs-activity")) return;
    const ofOrigin = serverNameOf(user) === origin || this.#context.has("accepts-presence-for-others");
    if (!ofOrigin || !weShareRoomWith(this.#context, user)) return;
    this.#store(user, {
      presence,
      ...(typeof statusMessage === "string" ? { statusMessage } : {}),
      lastActiveAt: this.#context.options.now() - (typeof ago === "number" ? ago : 0),
      currentlyActive: entry.currently_active === true,
    });
  }
}
