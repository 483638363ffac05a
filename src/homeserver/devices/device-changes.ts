import type { UserId } from "../../matrix/pdu.js";
import type { Context } from "../parts.js";
import type { Wakeups } from "../sync/wakeups.js";

interface Change {
  readonly position: number;
  readonly user: UserId;
  /** Set when only this user can see what changed. */
  readonly onlyFor?: UserId;
}

/** When whose devices or cross-signing keys changed: what sync's `device_lists.changed` is made of. */
export class DeviceChanges {
  readonly #context: Context;
  readonly #wakeups: Wakeups;
  readonly #changes: Change[] = [];

  constructor(context: Context, wakeups: Wakeups) {
    this.#context = context;
    this.#wakeups = wakeups;
  }

  record(user: UserId, onlyFor?: UserId): void {
    const position = this.#context.rooms.nextPosition();
    this.#changes.push({ position, user, ...(onlyFor === undefined ? {} : { onlyFor }) });
    this.#wakeups.wake();
  }

  /** Users changed after `since` and up to `until`, as far as the viewer may know. */
  between(since: number, until: number, viewer: UserId): ReadonlySet<UserId> {
    const users = new Set<UserId>();
    for (let at = this.#changes.length - 1; at >= 0; at -= 1) {
      const change = this.#changes[at];
      if (change === undefined || change.position <= since) break;
      if (change.position > until) continue;
      if (change.onlyFor === undefined || change.onlyFor === viewer) users.add(change.user);
    }
    return users;
  }
}
