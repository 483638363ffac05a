import { encodeUrlSafeBase64 } from "../matrix/base64.js";
import type { HistoryDraft } from "../matrix/dag/history.js";
import { eventIdOf } from "../matrix/events/hashes.js";
import { type IdentifiedEvent, referencesTo } from "../matrix/events/references.js";
import { completeEvent } from "../matrix/events/sign.js";
import { signingKey } from "../matrix/keys.js";
import type { Pdu, RoomId, ServerName, UserId } from "../matrix/pdu.js";
import { type RoomVersionRules, roomVersionRules } from "../matrix/room-versions.js";
import type { FederationTransport, WireHandler } from "../net/wire.js";
import { Peer } from "../peer/peer.js";
import { type RandomSource, seededRandom } from "../targets/seeded-random.js";
import { type PeerSeat, type RoomHistory, seatsOf } from "./history.js";

export interface TroupeOptions {
  readonly history: RoomHistory;
  /** Makes keys and freely chosen event ids. */
  readonly seed: string;
  readonly now: () => number;
  /** A fresh server name for a seat. */
  readonly nameFor: (seat: PeerSeat) => ServerName;
  readonly transport: FederationTransport;
}

/** The peers of one history: fresh names, fresh keys, all written by one hand. */
export class Troupe {
  readonly rules: RoomVersionRules;
  readonly #peers: ReadonlyMap<PeerSeat, Peer>;
  readonly #random: RandomSource;

  constructor(private readonly options: TroupeOptions) {
    const { history, nameFor } = options;
    this.rules = roomVersionRules(history.roomVersion);
    this.#random = seededRandom(options.seed);
    const names = new Map(seatsOf(history).map((seat) => [seat, nameFor(seat)]));
    const own = new Set(names.values());
    this.#peers = new Map([...names].map(([seat, name]) => [seat, this.#peer(name, own)]));
  }

  get serverNames(): readonly ServerName[] {
    return [...this.#peers.values()].map(({ serverName }) => serverName);
  }

  handlers(): ReadonlyMap<ServerName, WireHandler> {
    return new Map([...this.#peers.values()].map((peer) => [peer.serverName, peer.handle]));
  }

  peer(seat: PeerSeat): Peer {
    const peer = this.#peers.get(seat);
    if (peer === undefined) throw new Error(`no peer at ${seat}`);
    return peer;
  }

  /** The peer that made the room, and that speaks with the servers under test. */
  get host(): Peer {
    return this.peer("north");
  }

  userId(name: string): UserId {
    const seat = this.options.history.cast[name];
    if (seat === undefined) throw new Error(`${name} is not in the cast`);
    return `@${name}:${this.peer(seat).serverName}`;
  }

  seatOfUser(userId: UserId): PeerSeat {
    const name = Object.keys(this.options.history.cast).find((user) => this.userId(user) === userId);
    const seat = name === undefined ? undefined : this.options.history.cast[name];
    if (seat === undefined) throw new Error(`${userId} sits at no peer`);
    return seat;
  }

  /** The event of a draft, complete with id, hash and its author's signature. */
  complete({ node, prevEvents, authEvents, depth }: HistoryDraft, time: number, roomId: RoomId): IdentifiedEvent {
    const { serverName, signingKey: key } = this.peer(this.seatOfUser(node.sender));
    const draft: Pdu = {
      type: node.type,
      sender: node.sender,
      content: node.content,
      origin_server_ts: time,
      depth,
      prev_events: referencesTo(prevEvents, this.rules),
      auth_events: referencesTo(authEvents, this.rules),
      room_id: roomId,
      ...(node.stateKey === undefined ? {} : { state_key: node.stateKey }),
      ...(this.rules.eventIds === "field"
        ? { event_id: `$${encodeUrlSafeBase64(this.#random(18))}:${serverName}` }
        : {}),
    };
    const event = completeEvent(draft, this.rules, serverName, key);
    return { eventId: eventIdOf(event, this.rules), event };
  }

  stop(): void {
    for (const peer of this.#peers.values()) peer.stop();
  }

  /** Peers are one author: what one of them makes need not travel to the others. */
  #peer(serverName: ServerName, own: ReadonlySet<ServerName>): Peer {
    const { transport, now } = this.options;
    const empty = async () => ({ status: 200, headers: [], body: Buffer.from('{"pdus":{}}') });
    return new Peer({
      serverName,
      signingKey: signingKey(this.#random(32), "p1"),
      transport: (destination, request) => (own.has(destination) ? empty() : transport(destination, request)),
      now,
      random: this.#random,
      allows: ["join"],
      onViolation: () => undefined,
    });
  }
}
