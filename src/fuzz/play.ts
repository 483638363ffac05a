import type { Lab } from "../lab/lab.js";
import type { JsonObject } from "../matrix/json.js";
import type { EventId, ServerName } from "../matrix/pdu.js";
import type { FederationTransport, WireHandler } from "../net/wire.js";
import { matchEndpoint } from "../schema/endpoints.js";
import { type Account, type Difference, differences, type Terms } from "./answers.js";
import type { Contestant } from "./contestant.js";
import { FINAL, type PeerSeat, type RoomHistory } from "./history.js";
import { type OpenedRoom, openRoom } from "./opening.js";
import { accountOf } from "./questions.js";
import { accountUnder, OTHER_READINGS, oracleAccount } from "./readings.js";
import type { RoomAuthor } from "./room-author.js";
import { toHistoryNode } from "./to-history-node.js";
import { Troupe } from "./troupe.js";

const MOST_PDUS = 50;

/** What the plays of a run share. */
export interface PlayServices {
  readonly lab: Pick<Lab, "attach" | "detach">;
  readonly transport: FederationTransport;
  now(): number;
  /** A fresh server name for a seat. */
  nameFor(seat: PeerSeat): ServerName;
  /** Makes keys and freely chosen event ids. */
  readonly seed: string;
}

/** What came of a history at each server under test. */
export interface Outcome {
  /** By server name; against the oracle, or against the first server where there are several. */
  readonly differences: ReadonlyMap<string, readonly Difference[]>;
  /** The reading of the text under which nothing differs, where there is such a one. */
  readonly otherReading?: string;
  readonly accounts: ReadonlyMap<string, Account>;
}

/** Plays a history in a fresh room with fresh peers. Rejects when a server does not take part: then nothing can be told. */
export async function playHistory(
  services: PlayServices,
  history: RoomHistory,
  contestants: readonly Contestant[],
  signal: AbortSignal,
): Promise<Outcome> {
  const { lab, transport, now, nameFor, seed } = services;
  const troupe = new Troupe({ history, seed, now, nameFor, transport });
  const performance = new Performance(history, troupe, contestants, signal);
  for (const [name, handler] of troupe.handlers()) {
    lab.attach(name, {
      kind: "handler",
      handler: name === troupe.host.serverName ? performance.withHistory(handler) : handler,
    });
  }
  try {
    return await performance.play();
  } finally {
    for (const name of troupe.serverNames) lab.detach(name);
    troupe.stop();
  }
}

class Performance {
  #room: OpenedRoom | undefined;
  #told = false;

  constructor(
    private readonly history: RoomHistory,
    private readonly troupe: Troupe,
    private readonly contestants: readonly Contestant[],
    private readonly signal: AbortSignal,
  ) {}

  async play(): Promise<Outcome> {
    const { history, troupe, signal } = this;
    const visitors = this.contestants.map((contestant) => contestant.visitor(signal));
    const room = await openRoom(history, troupe, visitors);
    this.#room = room;
    const { author, startedAt } = room;
    for (const node of history.nodes) {
      author.write(
        toHistoryNode(node, (name) => troupe.userId(name)),
        startedAt + node.at,
      );
    }
    const heard = this.contestants.map(
      async (contestant) => [contestant.serverName, await this.#hear(contestant, room)] as const,
    );
    const accounts = new Map(await Promise.all(heard));
    return this.#compared(accounts, room);
  }

  /** The host's answers, with the whole history from the moment somebody asks for history. */
  withHistory(handler: WireHandler): WireHandler {
    return (request) => {
      if (matchEndpoint(request.method, request.target)?.endpoint.group === "events") this.#tellHost();
      return handler(request);
    };
  }

  #tellHost(): void {
    const room = this.#room;
    if (room === undefined || this.#told) return;
    this.#told = true;
    const { rooms } = this.troupe.host.homeserver.context;
    for (const { name } of this.history.nodes) rooms.witness(room.roomId, room.author.outcome(name).event);
  }

  async #hear(contestant: Contestant, room: OpenedRoom): Promise<Account> {
    const { troupe, signal } = this;
    const { roomId, author } = room;
    const since = await contestant.place(roomId, signal);
    const nodes = this.history.delivery.map((name) => author.outcome(name));
    await this.#deliver(
      contestant,
      [...room.joins.slice(1), ...nodes].map(({ event }) => event as unknown as JsonObject),
    );
    const final = author.outcome(FINAL).eventId;
    await contestant.untilSeen({ roomId, eventId: final, since }, signal);
    return accountOf({
      host: troupe.host,
      server: contestant.serverName,
      client: contestant.client,
      roomId,
      rules: troupe.rules,
      states: this.#asked(room),
      eventAuth: new Map([[FINAL, final]]),
      signal,
    });
  }

  async #deliver({ serverName }: Contestant, pdus: readonly JsonObject[]): Promise<void> {
    const { host } = this.troupe;
    for (let from = 0; from < pdus.length; from += MOST_PDUS) {
      const { status } = await host.send({
        destination: serverName,
        method: "PUT",
        uri: `/_matrix/federation/v1/send/fuzz${from}`,
        content: { origin: host.serverName, origin_server_ts: Date.now(), pdus: pdus.slice(from, from + MOST_PDUS) },
        signal: this.signal,
      });
      if (status !== 200) throw new Error(`${serverName} answered the transaction with ${status}`);
    }
  }

  /** The asked nodes that every server accepts into its graph, whatever the order: rejected and late ones may be forgotten. */
  #asked({ author }: OpenedRoom): ReadonlyMap<string, EventId> {
    const arrivals = author.arrivals(this.history.delivery);
    const kept = this.history.asked.flatMap((name) => {
      const { eventId } = author.outcome(name);
      const arrival = arrivals.get(eventId);
      return arrival === undefined || arrival.rejected || arrival.softFailed ? [] : [[name, eventId] as const];
    });
    return new Map(kept);
  }

  #compared(accounts: ReadonlyMap<string, Account>, room: OpenedRoom): Outcome {
    const { author } = room;
    const asked = this.#asked(room);
    const terms = this.#terms(author);
    const [first, ...others] = [...accounts];
    const against = (right: Account, judged: readonly (readonly [string, Account])[]) =>
      new Map(judged.map(([serverName, given]) => [serverName, differences(right, given, terms)]));
    if (first !== undefined && others.length > 0) return { accounts, differences: against(first[1], others) };
    const found = against(oracleAccount(author, asked), [...accounts]);
    if (isSound(found)) return { accounts, differences: found };
    const other = OTHER_READINGS.find((reading) =>
      isSound(against(accountUnder(reading, author, asked, this.history.delivery), [...accounts])),
    );
    return { accounts, differences: found, ...(other === undefined ? {} : { otherReading: other.name }) };
  }

  /** Where events do not cite the create event, chains may hold it or not (rooms/v12#authorisation-rules). */
  #terms(author: RoomAuthor): Terms {
    const implied = this.troupe.rules.createInAuthEvents ? undefined : author.outcome("create").eventId;
    return { nameOf: (id) => author.nameOf(id), optionalInChains: new Set(implied === undefined ? [] : [implied]) };
  }
}

function isSound(found: ReadonlyMap<string, readonly Difference[]>): boolean {
  return [...found.values()].every((list) => list.length === 0);
}
