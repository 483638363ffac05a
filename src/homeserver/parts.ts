import type { JsonObject, JsonValue } from "../matrix/json.js";
import type { EventId, Pdu, RoomId, ServerName, UserId } from "../matrix/pdu.js";
import type { RoomVersionRules } from "../matrix/room-versions.js";
import type { StateMap } from "../matrix/state-map.js";
import type { WireResponse } from "../net/wire.js";
import type { HomeserverOptions } from "./options.js";
import type { RawAnswer } from "./raw-answer.js";

/** An error that the wire shows as `{errcode, error, …extra}` with its HTTP status. */
export class MatrixError extends Error {
  constructor(
    readonly status: number,
    readonly errcode: string,
    message: string,
    readonly extra: JsonObject = {},
  ) {
    super(message);
    this.name = "MatrixError";
  }
}

/** An event as the server holds it. */
export interface EventRecord {
  readonly eventId: EventId;
  readonly event: Pdu;
  /** Failed the checks at its own place in the graph (server-server-api#rejection). */
  readonly rejected: boolean;
  /** Passed there, but not against the current state on arrival (server-server-api#soft-failure). */
  readonly softFailed: boolean;
  /** Known without its place in the graph: part of somebody's auth chain or state. */
  readonly outlier: boolean;
  /** Position in the order in which this server accepted events into the timeline; grows across all rooms. */
  readonly position: number;
  /** The applied redaction, when there is one; `event` is then the redacted copy. */
  readonly redactedBy?: EventId;
}

export interface Room {
  readonly roomId: RoomId;
  readonly rules: RoomVersionRules;
  record(id: EventId): EventRecord | undefined;
  /** Everything known of the room, rejected events and outliers included. */
  records(): Iterable<EventRecord>;
  /** Events that clients see, in order of `position`. */
  readonly timeline: readonly EventRecord[];
  readonly forwardExtremities: readonly EventId[];
  currentState(): StateMap;
  stateBefore(id: EventId): StateMap | undefined;
  stateAfter(id: EventId): StateMap | undefined;
  /** The current state event of that type and key. */
  state(type: string, key?: string): Pdu | undefined;
  membership(user: UserId): string | undefined;
  joinedUsers(): readonly UserId[];
  /** Servers with a joined member. */
  joinedServers(): readonly ServerName[];
}

/** What a client (or a peer's forge) wants sent; the server adds the rest. */
export interface EventDraft {
  readonly type: string;
  readonly sender: UserId;
  readonly content: JsonObject;
  readonly stateKey?: string;
  readonly redacts?: EventId;
}

export interface CreateRoomOptions {
  readonly creator: UserId;
  readonly roomVersion?: string;
  readonly creationContent?: JsonObject;
  readonly preset?: "private_chat" | "public_chat" | "trusted_private_chat";
  readonly initialState?: readonly { readonly type: string; readonly stateKey: string; readonly content: JsonObject }[];
  readonly powerLevels?: JsonObject;
  readonly name?: string;
  readonly topic?: string;
  /** Who has as much power as the creator from the beginning. */
  readonly trusted?: readonly UserId[];
  /** A peer's hand: how the room departs from a lawful one. Nothing of it is judged then. */
  readonly forgery?: RoomForgery;
}

export interface RoomForgery {
  /** The create event, before hash and signature, as it is to be. */
  readonly create?: (honest: Pdu) => Pdu;
  /** Types of the first events that are left out. */
  readonly without?: readonly string[];
}

/** An identity server's word that an address to which an invitation was sent is a user's. */
export interface ThirdPartyWord {
  readonly roomId: RoomId;
  /** Who invited the address. */
  readonly sender: UserId;
  readonly user: UserId;
  /** The user id and the invitation's token, signed (client-server-api#mroommember). */
  readonly signed: JsonObject;
}

/** Invites and rejections that a server knows without being in the room. */
export interface OutsideMembership {
  readonly roomId: RoomId;
  readonly roomVersion: string;
  readonly user: UserId;
  readonly membership: "invite" | "knock" | "leave";
  readonly event: Pdu;
  readonly strippedState: readonly JsonObject[];
  readonly position: number;
}

export interface Rooms {
  get(roomId: RoomId): Room | undefined;
  all(): Iterable<Room>;
  /** The rooms in which the user has, or once had, a membership. */
  ofUser(user: UserId): readonly Room[];
  /** The position given out last; what happens next has a higher one. */
  readonly position: number;
  nextPosition(): number;
  create(options: CreateRoomOptions): Promise<Room>;
  /** Joins locally, or through the servers named, in order; rejects with MatrixError. */
  join(user: UserId, roomId: RoomId, via: readonly ServerName[], content?: JsonObject): Promise<Room>;
  invite(sender: UserId, roomId: RoomId, user: UserId, content?: JsonObject): Promise<EventId>;
  /** Invites a local user on an identity server's word, here or through the inviter's server; rejects with MatrixError. */
  redeem(word: ThirdPartyWord): Promise<void>;
  /** Leaves, or rejects an invite, locally or through the inviter's server. */
  leave(user: UserId, roomId: RoomId, reason?: string): Promise<void>;
  /** Knocks locally, or through the servers named, in order. */
  knock(user: UserId, roomId: RoomId, via: readonly ServerName[], content?: JsonObject): Promise<void>;
  /** Sends any event by a local user: kicks, bans, messages, state, redactions. */
  send(roomId: RoomId, draft: EventDraft): Promise<EventId>;
  /** Rejects a draft as `send` would, by throwing MatrixError, and sends nothing. */
  assertAllowed(roomId: RoomId, draft: EventDraft): void;
  /** Outside memberships of a local user, the newest for each room. */
  outside(user: UserId): readonly OutsideMembership[];
  /** Called whenever something a client could see has changed: an accepted event, state moved by resolution, an invite. */
  onChange(listener: (change: { readonly roomId: RoomId; readonly record?: EventRecord }) => void): void;
  /** Called when a server's users start or stop sharing a room with ours. */
  onMembership(
    listener: (change: { readonly roomId: RoomId; readonly user: UserId; readonly membership: string }) => void,
  ): void;
  /** History before an event, fetched from other servers where ours has a gap. Newest first. */
  backfill(roomId: RoomId, before: readonly EventId[], limit: number): Promise<readonly EventRecord[]>;
  /** The event nearest to a moment, also of history that other servers have; undefined when there is none on that side. */
  nearest(roomId: RoomId, moment: MomentSought): Promise<NearestEvent | undefined>;
  /** Invites that `blocked` is true for are answered with M_INVITE_BLOCKED (client-server-api#invite-permission). */
  blockInvites(
    blocked: (invite: { readonly roomId: RoomId; readonly sender: UserId; readonly user: UserId }) => boolean,
  ): void;
  /** The signed PDU that this server would send for a draft, not accepted anywhere; references of one's own choice on demand. */
  draft(roomId: RoomId, draft: EventDraft, references?: DraftReferences): DraftedEvent;
  /** Takes any PDU into its room as accepted, whatever it is: no check is made and nothing is sent. */
  inject(roomId: RoomId, event: Pdu): EventRecord;
  /** Takes a PDU into its room as the authorisation rules judge it; its form, hash and signatures are not looked at, and nothing is fetched or sent. */
  witness(roomId: RoomId, event: Pdu): EventRecord;
}

/** A moment, and on which side of it to look: `f` for the time after, `b` for the time before. */
export interface MomentSought {
  /** Milliseconds since the Unix epoch. */
  readonly ts: number;
  readonly dir: "f" | "b";
}

export interface NearestEvent {
  readonly eventId: EventId;
  /** Its `origin_server_ts`. */
  readonly at: number;
}

export interface DraftReferences {
  readonly prevEvents?: readonly EventId[];
  readonly authEvents?: readonly EventId[];
  readonly depth?: number;
}

export interface ComposedEvent {
  readonly eventId: EventId;
  readonly event: Pdu;
}

/** An event for a room, with the rules of its version. */
export interface DraftedEvent extends ComposedEvent {
  readonly rules: RoomVersionRules;
}

/** A request to the federation API, authenticated unless its route says otherwise. */
export interface FederationRequest {
  readonly origin: ServerName;
  readonly method: string;
  readonly params: { readonly [name: string]: string };
  readonly query: URLSearchParams;
  /** Undefined when there was no body. */
  readonly body: JsonValue | undefined;
  readonly now: number;
}

export interface FederationRoutes {
  /** `path` in find-my-way's syntax, from `/_matrix` on. The answer is JSON with status 200, raw, or a MatrixError. */
  add(
    method: "GET" | "PUT" | "POST",
    path: string,
    options: { readonly authenticated: boolean },
    answer: (request: FederationRequest) => Promise<JsonValue | RawAnswer>,
  ): void;
}

/** Signed requests to other servers and the queues of transactions to them. */
export interface FederationClient {
  /** Resolves with the parsed body of a 2xx answer; rejects with MatrixError otherwise (502 when nothing came back). */
  request(
    destination: ServerName,
    method: "GET" | "PUT" | "POST",
    uri: string,
    content?: JsonObject,
    signal?: AbortSignal,
  ): Promise<JsonValue>;
  /** Resolves with the answer to a GET as it came, whatever it is; rejects with MatrixError 502 when there was none. */
  fetch(destination: ServerName, uri: string, options: { readonly signed: boolean }): Promise<WireResponse>;
  /** Queues an EDU for each destination; delivered in order, at most 100 in a transaction, kept until acknowledged. */
  sendEdu(destinations: readonly ServerName[], edu: { readonly edu_type: string; readonly content: JsonObject }): void;
  sendPdu(destinations: readonly ServerName[], event: Pdu): void;
  /** Ends when, for each destination, nothing is left to send or the attempt under way has failed. */
  settled(): Promise<void>;
}

export interface EduReceivers {
  on(eduType: string, receive: (origin: ServerName, content: JsonObject) => void | Promise<void>): void;
}

/** Other servers' published keys. */
export interface ServerKeys {
  /** The key, usable now for requests of that server; undefined when it publishes none under that id or cannot be reached. */
  forRequest(server: ServerName, keyId: string): Promise<string | undefined>;
}

/** What the parts of one homeserver share. */
export interface Context {
  readonly options: HomeserverOptions;
  readonly serverName: ServerName;
  readonly rooms: Rooms;
  readonly federation: FederationClient;
  readonly federationRoutes: FederationRoutes;
  readonly edus: EduReceivers;
  /** Other servers' signing keys, fetched and cached. */
  readonly keys: ServerKeys;
  /** True when that fault is switched on. */
  has(defect: string): boolean;
  isLocal(user: UserId): boolean;
}
