import { serverNameOf } from "../../matrix/identifiers.js";
import type { JsonObject } from "../../matrix/json.js";
import type { RoomId, ServerName, UserId } from "../../matrix/pdu.js";
import { otherServersIn } from "../accounts/sharing.js";
import type { Context } from "../parts.js";
import type { Wakeups } from "../sync/wakeups.js";

/** A remote user is taken to have stopped when the server says nothing more for this long. */
const REMOTE_TIMEOUT_MS = 60_000;
const LONGEST_TIMEOUT_MS = 120_000;

interface RoomTyping {
  readonly users: Map<UserId, NodeJS.Timeout>;
  position: number;
}

/** Who is typing where (client-server-api#typing-notifications, server-server-api#typing-notifications). */
export class Typing {
  readonly #context: Context;
  readonly #wakeups: Wakeups;
  readonly #rooms = new Map<RoomId, RoomTyping>();

  constructor(context: Context, wakeups: Wakeups) {
    this.#context = context;
    this.#wakeups = wakeups;
    context.edus.on("m.typing", (origin, content) => this.#receive(origin, content));
  }

  /** A local user starts (for at most `timeout` milliseconds) or stops typing. */
  setLocal(roomId: RoomId, user: UserId, timeout: number | undefined): void {
    const typing = timeout !== undefined;
    const was = this.#rooms.get(roomId)?.users.has(user) === true;
    this.#set(roomId, user, timeout === undefined ? undefined : Math.min(timeout, LONGEST_TIMEOUT_MS));
    if (typing || was) this.#send(roomId, user, typing);
  }

  /** The users typing in the room, if that has changed after `since`. */
  changedSince(roomId: RoomId, since: number): readonly UserId[] | undefined {
    const room = this.#rooms.get(roomId);
    return room === undefined || room.position <= since ? undefined : [...room.users.keys()];
  }

  stop(): void {
    for (const room of this.#rooms.values()) {
      for (const timer of room.users.values()) clearTimeout(timer);
    }
  }

  #set(roomId: RoomId, user: UserId, timeout: number | undefined): void {
    const room = this.#rooms.get(roomId) ?? { users: new Map<UserId, NodeJS.Timeout>(), position: 0 };
    this.#rooms.set(roomId, room);
    const before = room.users.get(user);
    clearTimeout(before);
    if (timeout === undefined) room.users.delete(user);
    else room.users.set(user, setTimeout(() => this.#expire(roomId, user), timeout).unref());
    if ((before === undefined) === (timeout === undefined)) return;
    room.position = this.#context.rooms.nextPosition();
    this.#wakeups.wake();
  }

  #expire(roomId: RoomId, user: UserId): void {
    if (this.#context.isLocal(user)) this.setLocal(roomId, user, undefined);
    else this.#set(roomId, user, undefined);
  }

  #send(roomId: RoomId, user: UserId, typing: boolean): void {
    if (this.#context.has("drops-typing")) return;
    const content = { room_id: roomId, user_id: user, typing };
    this.#context.federation.sendEdu(otherServersIn(this.#context, roomId), { edu_type: "m.typing", content });
  }

  #receive(origin: ServerName, content: JsonObject): void {
    const { room_id: roomId, user_id: user, typing } = content;
    if (typeof roomId !== "string" || typeof user !== "string" || typeof typing !== "boolean") return;
    if (serverNameOf(user) !== origin && !this.#context.has("accepts-typing-from-wrong-server")) return;
    const inRoom = this.#context.rooms.get(roomId)?.membership(user) === "join";
    if (!inRoom && !this.#context.has("accepts-typing-from-outside-room")) return;
    if (this.#context.has("ignores-received-typing")) return;
    this.#set(roomId, user, typing ? REMOTE_TIMEOUT_MS : undefined);
  }
}
