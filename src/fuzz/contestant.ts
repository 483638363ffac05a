import { type ClientUser, registerUser, type UserOptions } from "../client/client-user.js";
import { type SyncBatch, timelineIn } from "../client/sync-batch.js";
import type { JsonObject } from "../matrix/json.js";
import type { EventId, RoomId, ServerName } from "../matrix/pdu.js";
import type { StartedTarget } from "../targets/target.js";
import type { Visitor } from "./opening.js";

const LONG_POLL_MS = 10_000;
/** How long a server may take over one history's events until it is asked whether it has them at all. */
const PATIENCE_MS = 20_000;
/** After so many rooms a user is replaced: what a sync costs grows with the rooms. */
const ROOMS_PER_USER = 5;

/** A server under test with a user there, as the histories of one worker meet it. */
export class Contestant {
  #user: ClientUser | undefined;
  #users = 0;
  #rooms = 0;

  constructor(
    private readonly target: StartedTarget,
    private readonly options: Pick<UserOptions, "password" | "recorder"> & { readonly worker: string },
  ) {}

  get serverName(): ServerName {
    return this.target.serverName;
  }

  /** The user of the history that is being played. */
  get client(): ClientUser {
    if (this.#user === undefined) throw new Error(`${this.serverName} has no user yet`);
    return this.#user;
  }

  /** Makes sure that there is a user who is not in too many rooms. Rejects as registering does. */
  async prepare(signal: AbortSignal): Promise<void> {
    this.#rooms += 1;
    if (this.#user !== undefined && this.#rooms <= ROOMS_PER_USER) return;
    this.#rooms = 1;
    this.#users += 1;
    const { password, recorder, worker } = this.options;
    const { clientUrl: baseUrl, serverName, accounts } = this.target;
    const localpart = `fuzz-${worker}-${this.#users}`;
    this.#user = await registerUser({ baseUrl, serverName, accounts, localpart, password, recorder, signal });
  }

  visitor(signal: AbortSignal): Visitor {
    const { client } = this;
    return { userId: client.userId, join: (roomId, via) => client.join(roomId, [via], signal) };
  }

  /** Where the user is in the stream of a room. */
  async place(roomId: RoomId, signal: AbortSignal): Promise<string> {
    return tokenOf(await this.client.sync({ filter: onlyLatest(roomId), signal }));
  }

  /** Resolves once the user sees the event, or when the server has had time enough. */
  async untilSeen(
    { roomId, eventId, since }: { readonly roomId: RoomId; readonly eventId: EventId; readonly since: string },
    signal: AbortSignal,
  ): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let from = since; Date.now() < deadline; ) {
      const batch = await this.client.sync({
        since: from,
        timeoutMs: LONG_POLL_MS,
        filter: onlyLatest(roomId),
        signal,
      });
      if (timelineIn(batch, roomId).some((event) => event.event_id === eventId)) return;
      from = tokenOf(batch);
    }
  }
}

function tokenOf({ body }: SyncBatch): string {
  return String(body.next_batch);
}

/** One room's newest event, and nothing else that a sync could bring. */
function onlyLatest(roomId: RoomId): JsonObject {
  const nothing = { not_types: ["*"] };
  const room = {
    rooms: [roomId],
    timeline: { limit: 1 },
    state: { types: ["m.room.create"] },
    ephemeral: nothing,
    account_data: nothing,
  };
  return { room, presence: nothing, account_data: nothing };
}
