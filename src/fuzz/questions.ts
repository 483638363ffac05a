import type { ClientUser } from "../client/client-user.js";
import { eventIdOf } from "../matrix/events/hashes.js";
import { isJsonObject, type JsonValue } from "../matrix/json.js";
import type { EventId, Pdu, RoomId, ServerName } from "../matrix/pdu.js";
import type { RoomVersionRules } from "../matrix/room-versions.js";
import type { Peer } from "../peer/peer.js";
import type { Account, IdsAnswer } from "./answers.js";

/** What is asked of which server, and through whom. */
export interface Inquiry {
  readonly host: Peer;
  readonly server: ServerName;
  readonly client: ClientUser;
  readonly roomId: RoomId;
  readonly rules: RoomVersionRules;
  /** Nodes and their events, to ask for the state before. */
  readonly states: ReadonlyMap<string, EventId>;
  /** Nodes and their events, to ask for what authorises them. */
  readonly eventAuth: ReadonlyMap<string, EventId>;
  readonly signal: AbortSignal;
}

/** Asks a server for its account of a room. Rejects when no HTTP answer comes back. */
export async function accountOf(inquiry: Inquiry): Promise<Account> {
  const [states, eventAuth, current] = await Promise.all([
    forEach(inquiry.states, (id) => stateIds(inquiry, id)),
    forEach(inquiry.eventAuth, (id) => authChain(inquiry, id)),
    currentState(inquiry),
  ]);
  return { states, eventAuth, current };
}

async function forEach<T>(events: ReadonlyMap<string, EventId>, ask: (id: EventId) => Promise<T>) {
  return new Map(await Promise.all([...events].map(async ([name, id]) => [name, await ask(id)] as const)));
}

async function stateIds(inquiry: Inquiry, eventId: EventId) {
  const body = await get(
    inquiry,
    `state_ids/${encodeURIComponent(inquiry.roomId)}?event_id=${encodeURIComponent(eventId)}`,
  );
  return { state: idsIn(body, "pdu_ids"), chain: idsIn(body, "auth_chain_ids") };
}

async function authChain(inquiry: Inquiry, eventId: EventId): Promise<IdsAnswer> {
  const path = `event_auth/${encodeURIComponent(inquiry.roomId)}/${encodeURIComponent(eventId)}`;
  const body = await get(inquiry, path);
  if (typeof body === "string") return body;
  const chain = isJsonObject(body) ? body.auth_chain : undefined;
  if (!Array.isArray(chain)) return "an answer without auth_chain";
  return new Set(chain.filter(isJsonObject).map((event) => eventIdOf(event as unknown as Pdu, inquiry.rules)));
}

async function currentState({ client, roomId, signal }: Inquiry): Promise<IdsAnswer> {
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/state`;
  const { status, body } = await client.request("GET", path, undefined, { signal });
  if (status !== 200 || !Array.isArray(body)) return `status ${status}`;
  return new Set(body.filter(isJsonObject).map((event) => String(event.event_id)));
}

/** The body of a success; in words what came instead. */
async function get({ host, server, signal }: Inquiry, path: string): Promise<JsonValue> {
  const { status, body } = await host.send({
    destination: server,
    method: "GET",
    uri: `/_matrix/federation/v1/${path}`,
    signal,
  });
  if (status !== 200) return `status ${status}`;
  try {
    return JSON.parse(Buffer.from(body).toString("utf8")) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) return "an answer that is no JSON";
    throw error;
  }
}

function idsIn(body: JsonValue, key: string): IdsAnswer {
  if (typeof body === "string") return body;
  const ids = isJsonObject(body) ? body[key] : undefined;
  return Array.isArray(ids) ? new Set(ids.map(String)) : `an answer without ${key}`;
}
