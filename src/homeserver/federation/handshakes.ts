import { isJsonObject, type JsonObject, omit } from "../../matrix/json.js";
import type { RoomId, ServerName, UserId } from "../../matrix/pdu.js";
import { MatrixError, type OutsideMembership } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import type { StoredRoom } from "../rooms/stored-room.js";
import { objectsIn } from "./body.js";
import { strip } from "./invite-api.js";
import { type CompletedOffer, completeOffer, type Wish } from "./offers.js";
import { asOwnFault, joinThrough } from "./remote-join.js";

/** Memberships of this server's users in rooms that other servers keep. */
export class Handshakes {
  readonly #joining = new Map<RoomId, Promise<unknown>>();

  constructor(private readonly parts: RoomParts) {}

  /** Resolves when no join to that room is under way. */
  async settled(roomId: RoomId): Promise<void> {
    await Promise.allSettled([this.#joining.get(roomId)]);
  }

  /** Joins through the first of the servers that lets the user in. */
  join(wish: Wish, servers: readonly ServerName[]): Promise<StoredRoom> {
    const joining = this.#throughOneOf(servers, (server) => joinThrough(this.parts, wish, server));
    const done = joining.finally(() => this.#joining.delete(wish.roomId));
    this.#joining.set(wish.roomId, done);
    return done;
  }

  /** Rejects an invite or takes a knock back. When nobody helps, the user is rid of it here all the same. */
  async leave(outside: OutsideMembership, servers: readonly ServerName[], content: JsonObject): Promise<void> {
    const { roomId, user } = outside;
    const { core } = this.parts;
    const knocked = outside.membership === "knock";
    const untold = knocked ? core.has("keeps-retracted-knocks") : core.has("keeps-rejections-to-itself");
    const rejected = untold
      ? outside
      : await this.#sendLeave({ user, roomId, membership: "leave", content }, servers, outside);
    const { event } = rejected;
    const position = this.parts.store.nextPosition();
    this.parts.store.setOutside({ ...outside, membership: "leave", event, position });
  }

  async knock(user: UserId, roomId: RoomId, servers: readonly ServerName[], content: JsonObject): Promise<void> {
    const wish: Wish = { user, roomId, membership: "knock", content };
    const { offer, state } = await this.#throughOneOf(servers, async (server) => {
      const completed = await completeOffer(this.parts, wish, server);
      const answer = await this.#submit(server, "v1/send_knock", completed, wish);
      return { offer: completed, state: isJsonObject(answer) ? objectsIn(answer.knock_room_state) : [] };
    });
    const { event, rules } = offer;
    const strippedState = await this.#soundState(offer, state, roomId);
    const position = this.parts.store.nextPosition();
    this.parts.store.setOutside({
      roomId,
      roomVersion: rules.id,
      user,
      membership: "knock",
      event,
      strippedState: [...strippedState, event as JsonObject].map(strip),
      position,
    });
  }

  async #sendLeave(wish: Wish, servers: readonly ServerName[], outside: OutsideMembership) {
    try {
      return await this.#throughOneOf(servers, async (server) => {
        const completed = await completeOffer(this.parts, wish, server);
        await this.#submit(server, "v2/send_leave", completed, wish);
        return completed;
      });
    } catch (error) {
      if (!(error instanceof MatrixError) || this.parts.core.has("cannot-leave-alone")) throw error;
      this.parts.core.log(`left ${wish.roomId} on this server only: ${error.message}`);
      return outside;
    }
  }

  async #soundState(
    { rules }: CompletedOffer,
    state: readonly JsonObject[],
    roomId: RoomId,
  ): Promise<readonly JsonObject[]> {
    const sound: JsonObject[] = [];
    for (const entry of state) {
      try {
        await this.parts.checks.check(entry, rules, roomId, { server: this.parts.core.serverName });
        sound.push(entry);
      } catch (error) {
        if (!(error instanceof MatrixError)) throw error;
        this.parts.core.log(`left out of the knock's state: ${error.message}`);
      }
    }
    return sound;
  }

  async #submit(server: ServerName, endpoint: string, offer: CompletedOffer, wish: Wish) {
    const bare = wish.membership === "leave" && this.parts.core.has("leaves-without-depth");
    const ids = `${encodeURIComponent(wish.roomId)}/${encodeURIComponent(offer.eventId)}`;
    try {
      return await this.parts.federation.request(
        server,
        "PUT",
        `/_matrix/federation/${endpoint}/${ids}`,
        bare ? omit(offer.event as JsonObject, "depth") : (offer.event as JsonObject),
      );
    } catch (error) {
      throw error instanceof MatrixError ? asOwnFault(error) : error;
    }
  }

  #hides(errors: readonly MatrixError[]): boolean {
    const { core } = this.parts;
    if (core.has("hides-refusals")) return true;
    return core.has("hides-what-is-wrong-with-a-knock") && errors.some(({ status }) => status === 400);
  }

  /** The first success; otherwise the first answer that says more than that nobody answered. */
  async #throughOneOf<T>(servers: readonly ServerName[], act: (server: ServerName) => Promise<T>): Promise<T> {
    const errors: MatrixError[] = [];
    for (const server of servers) {
      try {
        return await act(server);
      } catch (error) {
        if (!(error instanceof MatrixError) || this.parts.core.has("tries-one-server-only")) throw error;
        this.parts.core.log(`${server} did not help: ${error.status} ${error.errcode} ${error.message}`);
        errors.push(error);
      }
    }
    if (this.#hides(errors)) throw new MatrixError(500, "M_UNKNOWN", "no server helped");
    const telling = errors.find(({ status }) => status < 500) ?? errors[0];
    throw telling ?? new MatrixError(404, "M_NOT_FOUND", "no server is known that is in the room");
  }
}
