import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import type { AccountPolicy } from "./accounts.js";
import { type ClientAnswer, ClientError, usable } from "./client-error.js";
import { type ClientTransport, Connection, type RequestOptions } from "./connection.js";
import { clientPath, withQuery } from "./paths.js";
import type { ClientRecorder } from "./recorder.js";
import { type Credentials, login, register } from "./register.js";
import type { SyncBatch } from "./sync-batch.js";
import { SyncFeed } from "./sync-feed.js";

export interface UserOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** What exchanges name as their receiver; the URL's host when absent. */
  readonly serverName?: string;
  readonly localpart: string;
  readonly password: string;
  readonly signal: AbortSignal;
  readonly recorder: ClientRecorder;
  /** As in `ConnectionOptions`. */
  readonly maxBodyBytes?: number;
  readonly timeoutMs?: number;
}

export interface SyncOptions {
  /** From this token, leaving the user's own place in the stream as it is. */
  readonly since?: string;
  /** How long the server may wait for news, in milliseconds. */
  readonly timeoutMs?: number;
  readonly fullState?: boolean;
  readonly filter?: JsonObject;
  readonly signal?: AbortSignal;
}

const LONG_POLL_MS = 20_000;

/** Makes a user in the way the server's policy says. */
export async function registerUser(options: UserOptions & { readonly accounts: AccountPolicy }): Promise<ClientUser> {
  const connection = new Connection(options);
  return new ClientUser(connection, await register(connection, options.accounts, options));
}

/** Makes a user of a server that lets anybody register, over a connection of one's own making. */
export async function registerOver(
  connection: ClientTransport,
  user: { readonly localpart: string; readonly password: string; readonly signal: AbortSignal },
): Promise<ClientUser> {
  return new ClientUser(connection, await register(connection, { register: "open" }, user));
}

/** As `loginUser`, over a connection of one's own making. */
export async function loginOver(
  connection: ClientTransport,
  user: { readonly localpart: string; readonly password: string; readonly signal: AbortSignal },
): Promise<ClientUser> {
  return new ClientUser(connection, await login(connection, user));
}

/** Logs a user in, on a new device unless one is named. */
export async function loginUser(options: UserOptions & { readonly deviceId?: string }): Promise<ClientUser> {
  const connection = new Connection(options);
  return new ClientUser(connection, await login(connection, options));
}

/** One user of a homeserver on one device: the client-server API without interpretation, and shorthands for its commonest requests. */
export class ClientUser {
  readonly userId: string;
  readonly deviceId: string;
  readonly accessToken: string;
  readonly #connection: ClientTransport;
  readonly #feed: SyncFeed;
  #lastTransaction = 0;

  constructor(connection: ClientTransport, credentials: Credentials) {
    this.#connection = connection;
    this.userId = credentials.userId;
    this.deviceId = credentials.deviceId;
    this.accessToken = credentials.accessToken;
    this.#feed = new SyncFeed((since, signal) =>
      this.sync({
        ...(since === undefined ? {} : { since }),
        timeoutMs: since === undefined ? 0 : LONG_POLL_MS,
        signal,
      }),
    );
  }

  /** Any request, `path` from `/_matrix` on with its query; an answer of any status is an answer. */
  request(method: string, path: string, body?: JsonValue, options: RequestOptions = {}): Promise<ClientAnswer> {
    return this.#connection.send(this, method, path, body, options);
  }

  /** As `request`, for answers that must be a success; rejects with {@link ClientError} otherwise. */
  async expectObject(
    method: string,
    path: string,
    body?: JsonValue,
    options: RequestOptions = {},
  ): Promise<JsonObject> {
    return objectOf(`${method} ${path}`, await this.request(method, path, body, options));
  }

  /** The text under that name in an answer that must be a success and have it; rejects with {@link ClientError} otherwise. */
  async expectText(
    member: string,
    method: string,
    path: string,
    body: JsonObject,
    signal?: AbortSignal,
  ): Promise<string> {
    const answer = await this.request(method, path, body, within(signal));
    const value = objectOf(`${method} ${path}`, answer)[member];
    if (typeof value !== "string") throw new ClientError(`${method} ${path} without "${member}"`, answer);
    return value;
  }

  /** What `use` makes of an answer that must be a success; rejects with {@link ClientError}, also where `use` throws. */
  async expectUsable<T>(
    method: string,
    path: string,
    body: JsonValue | undefined,
    use: (answer: JsonObject) => T | Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const answer = await this.request(method, path, body, within(signal));
    const what = `${method} ${path}`;
    const object = objectOf(what, answer);
    return usable(what, answer, () => use(object));
  }

  /** A transaction id that this client has not used. */
  nextTransactionId(): string {
    this.#lastTransaction += 1;
    return `c${this.#lastTransaction}`;
  }

  /** The new room's id. */
  async createRoom(body: JsonObject = {}, signal?: AbortSignal): Promise<string> {
    return this.expectText("room_id", "POST", clientPath("createRoom"), body, signal);
  }

  /** Joins by id or alias, through the servers named; the room's id. */
  async join(room: string, via: readonly string[] = [], signal?: AbortSignal): Promise<string> {
    // Both spellings: `via` is the current name of the parameter, `server_name` the one that older servers know.
    const query = new URLSearchParams(
      via.flatMap((server) => [
        ["via", server],
        ["server_name", server],
      ]),
    );
    const path = via.length === 0 ? clientPath("join", room) : `${clientPath("join", room)}?${query}`;
    return this.expectText("room_id", "POST", path, {}, signal);
  }

  async invite(roomId: string, userId: string, signal?: AbortSignal): Promise<void> {
    await this.expectObject("POST", clientPath("rooms", roomId, "invite"), { user_id: userId }, within(signal));
  }

  async leave(roomId: string, signal?: AbortSignal): Promise<void> {
    await this.expectObject("POST", clientPath("rooms", roomId, "leave"), {}, within(signal));
  }

  /** Kicks, bans or lifts a ban. */
  async remove(how: "kick" | "ban" | "unban", roomId: string, userId: string, signal?: AbortSignal): Promise<void> {
    await this.expectObject("POST", clientPath("rooms", roomId, how), { user_id: userId }, within(signal));
  }

  /** The new event's id. */
  async send(roomId: string, type: string, content: JsonObject, signal?: AbortSignal): Promise<string> {
    const path = clientPath("rooms", roomId, "send", type, this.nextTransactionId());
    return this.expectText("event_id", "PUT", path, content, signal);
  }

  /** The new event's id. */
  async sendState(
    roomId: string,
    type: string,
    stateKey: string,
    content: JsonObject,
    signal?: AbortSignal,
  ): Promise<string> {
    const path = clientPath("rooms", roomId, "state", type, stateKey);
    return this.expectText("event_id", "PUT", path, content, signal);
  }

  async redact(roomId: string, eventId: string, signal?: AbortSignal): Promise<string> {
    const path = clientPath("rooms", roomId, "redact", eventId, this.nextTransactionId());
    return this.expectText("event_id", "PUT", path, {}, signal);
  }

  /** The content of a state event. */
  getState(roomId: string, type: string, stateKey = "", signal?: AbortSignal): Promise<JsonObject> {
    return this.expectObject("GET", clientPath("rooms", roomId, "state", type, stateKey), undefined, within(signal));
  }

  getEvent(roomId: string, eventId: string, signal?: AbortSignal): Promise<JsonObject> {
    return this.expectObject("GET", clientPath("rooms", roomId, "event", eventId), undefined, within(signal));
  }

  /** One page of history; backwards from the end unless said otherwise. */
  messages(
    roomId: string,
    page: { readonly from?: string; readonly dir?: "b" | "f"; readonly limit?: number } = {},
    signal?: AbortSignal,
  ): Promise<JsonObject> {
    const path = withQuery(clientPath("rooms", roomId, "messages"), { dir: "b", ...page });
    return this.expectObject("GET", path, undefined, within(signal));
  }

  profile(userId: string, signal?: AbortSignal): Promise<JsonObject> {
    return this.expectObject("GET", clientPath("profile", userId), undefined, within(signal));
  }

  /** All devices' keys of those users. */
  queryKeys(userIds: readonly string[], signal?: AbortSignal): Promise<JsonObject> {
    const wanted = Object.fromEntries(userIds.map((userId): [string, JsonValue] => [userId, []]));
    return this.expectObject("POST", clientPath("keys", "query"), { device_keys: wanted }, within(signal));
  }

  /** `messages` by user, then by device or `*`. */
  async sendToDevice(type: string, messages: JsonObject, signal?: AbortSignal): Promise<void> {
    await this.expectObject(
      "PUT",
      clientPath("sendToDevice", type, this.nextTransactionId()),
      { messages },
      within(signal),
    );
  }

  /** One request to /sync; it does not touch what `waitForSync` goes through. */
  async sync(options: SyncOptions = {}): Promise<SyncBatch> {
    const { since, timeoutMs = 0, fullState, filter, signal } = options;
    const query = {
      since,
      timeout: timeoutMs,
      full_state: fullState,
      // Looking must not change what is looked at: a plain sync would make its user online again.
      set_presence: "offline",
      filter: filter === undefined ? undefined : JSON.stringify(filter),
    };
    const path = withQuery(clientPath("sync"), query);
    const answer = await this.request("GET", path, undefined, { timeoutMs: timeoutMs + 30_000, ...within(signal) });
    if (answer.status !== 200 || !isJsonObject(answer.body)) throw new ClientError(`sync of ${this.userId}`, answer);
    const { exchangeId, body, bytes = 0 } = answer;
    return { exchangeId, body, bytes };
  }

  /** Every batch that `waitForSync` and `syncNext` have received, the oldest first. */
  get seen(): readonly SyncBatch[] {
    return this.#feed.seen;
  }

  /** The first batch that satisfies the predicate, also among those seen before (from `after` on); long polls until there is one. */
  waitForSync(predicate: (batch: SyncBatch) => boolean, signal: AbortSignal, after = 0): Promise<SyncBatch> {
    return this.#feed.waitFor(predicate, signal, after);
  }

  /** Takes in one more batch: at once for the first, else when there is news or the long poll ends. */
  syncNext(signal: AbortSignal): Promise<void> {
    return this.#feed.next(signal);
  }
}

function within(signal: AbortSignal | undefined): RequestOptions {
  return signal === undefined ? {} : { signal };
}

function objectOf(what: string, answer: ClientAnswer): JsonObject {
  if (answer.status < 200 || answer.status > 299 || !isJsonObject(answer.body)) throw new ClientError(what, answer);
  return answer.body;
}
