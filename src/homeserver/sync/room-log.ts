import type { RoomId } from "../../matrix/pdu.js";
import type { StateMap } from "../../matrix/state-map.js";
import type { Context } from "../parts.js";
import type { Wakeups } from "./wakeups.js";

interface Snapshot {
  readonly position: number;
  readonly state: StateMap;
}

/** What each room's state was at each position, so that sync can tell what has changed since a token. */
export class RoomLog {
  readonly #context: Context;
  readonly #snapshots = new Map<RoomId, Snapshot[]>();
  readonly #lastChange = new Map<RoomId, number>();
  #lastStateChange = 0;

  constructor(context: Context, wakeups: Wakeups) {
    this.#context = context;
    context.rooms.onChange(({ roomId, record }) => {
      this.#note(roomId, record?.position);
      wakeups.wake();
    });
  }

  /** The position of the last change a client could see in the room. */
  lastChange(roomId: RoomId): number {
    return this.#lastChange.get(roomId) ?? 0;
  }

  /** The position of the last change of any room's state. */
  get lastStateChange(): number {
    return this.#lastStateChange;
  }

  /** The room's state when that position had been given out; undefined before the room was known. */
  stateAt(roomId: RoomId, position: number): StateMap | undefined {
    return this.#snapshots.get(roomId)?.findLast((snapshot) => snapshot.position <= position)?.state;
  }

  #note(roomId: RoomId, recordPosition: number | undefined): void {
    const room = this.#context.rooms.get(roomId);
    if (room === undefined) return;
    const snapshots = this.#snapshots.get(roomId) ?? [];
    this.#snapshots.set(roomId, snapshots);
    const last = snapshots.at(-1);
    const state = room.currentState();
    const moved = last?.state !== state;
    // State that resolution moved without a new event still needs a position of its own.
    const position = recordPosition ?? (moved ? this.#context.rooms.nextPosition() : this.#context.rooms.position);
    this.#lastChange.set(roomId, Math.max(this.lastChange(roomId), position));
    if (!moved) return;
    snapshots.push({ position: Math.max(position, last?.position ?? 0), state });
    this.#lastStateChange = Math.max(this.#lastStateChange, position);
  }
}
