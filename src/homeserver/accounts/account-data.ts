import type { JsonObject } from "../../matrix/json.js";
import type { RoomId, UserId } from "../../matrix/pdu.js";
import type { Context } from "../parts.js";
import type { Wakeups } from "../sync/wakeups.js";

interface Entry {
  readonly content: JsonObject;
  readonly position: number;
}

/** What clients keep about a user, for the account or for one room; it never leaves the server. */
export class AccountData {
  readonly #context: Context;
  readonly #wakeups: Wakeups;
  readonly #entries = new Map<string, Map<string, Entry>>();

  constructor(context: Context, wakeups: Wakeups) {
    this.#context = context;
    this.#wakeups = wakeups;
  }

  set(user: UserId, type: string, content: JsonObject, roomId: RoomId | "" = ""): void {
    const scope = `${user} ${roomId}`;
    const entries = this.#entries.get(scope) ?? new Map<string, Entry>();
    this.#entries.set(scope, entries);
    entries.set(type, { content, position: this.#context.rooms.nextPosition() });
    this.#wakeups.wake();
  }

  get(user: UserId, type: string, roomId: RoomId | "" = ""): JsonObject | undefined {
    return this.#entries.get(`${user} ${roomId}`)?.get(type)?.content;
  }

  /** Events in the shape of sync's `account_data`, of positions above `since`. */
  changedSince(user: UserId, since: number, roomId: RoomId | "" = ""): readonly JsonObject[] {
    return [...(this.#entries.get(`${user} ${roomId}`) ?? [])]
      .filter(([, entry]) => entry.position > since)
      .map(([type, entry]) => ({ type, content: entry.content }));
  }
}
