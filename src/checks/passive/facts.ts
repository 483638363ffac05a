import { MissingIdError, roomIdOfCreate } from "../../matrix/events/hashes.js";
import { type JsonObject, type JsonValue, objectOf } from "../../matrix/json.js";
import { isRoomVersion, roomVersionRules } from "../../matrix/room-versions.js";
import { KeysSeen } from "../keys/keys-seen.js";
import type { SeenExchange } from "../view.js";
import { endpointOf } from "./messages.js";
import { OriginalsSeen } from "./originals-seen.js";
import { asEvent, pdusOf, versionOfCreate } from "./own-pdus.js";
import type { PassiveFacts, Side } from "./passive-check.js";

export interface KnownBeforehand {
  /** Server names of the servers under test. */
  readonly underTest: ReadonlySet<string>;
  /** Versions of rooms that the run knows of its own. */
  readonly roomVersions?: ReadonlyMap<string, string>;
  /** Keys by server name, then key id, beside those that the exchanges show. */
  readonly keys?: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** What the exchanges themselves tell of keys, room versions and events, together with what is known beforehand. */
export function passiveFacts(exchanges: Iterable<SeenExchange>, known: KnownBeforehand): PassiveFacts {
  const seen = new FactsSeen();
  for (const exchange of exchanges) seen.learn(exchange);
  return seen.facts(known);
}

/** Learns the facts from exchange after exchange, and keeps none of them. */
export class FactsSeen {
  readonly #keys = new KeysSeen();
  readonly #versions = new RoomVersionsSeen();
  readonly #originals = new OriginalsSeen();

  learn(exchange: SeenExchange): void {
    if (exchange.kind !== "federation") return;
    this.#keys.learn(exchange);
    this.#versions.learn(exchange);
    this.#originals.learn(exchange);
  }

  /** The facts, once all exchanges are learned: what comes last can tell how to read what came first. */
  facts(known: KnownBeforehand): PassiveFacts {
    const facts: PassiveFacts = {
      isUnderTest: (serverName) => known.underTest.has(serverName),
      serverKeys: (serverName) => new Map([...this.#keys.of(serverName), ...(known.keys?.get(serverName) ?? [])]),
      roomVersion: (roomId) => known.roomVersions?.get(roomId) ?? this.#versions.of(roomId),
      original: () => undefined,
    };
    const originals = this.#originals.byId(facts);
    return { ...facts, original: (eventId) => originals(eventId) };
  }
}

/** Room versions as servers named them. A room for which they name different ones counts as unknown: somebody lies. */
class RoomVersionsSeen {
  private readonly claims = new Map<string, Set<string>>();

  of(roomId: string): string | undefined {
    const claims = this.claims.get(roomId);
    return claims?.size === 1 ? [...claims][0] : undefined;
  }

  learn(exchange: SeenExchange): void {
    const match = endpointOf(exchange);
    if (match?.endpoint.id.startsWith("make-") === true && exchange.response?.status === 200) {
      this.claim(match.params.roomId, objectOf(exchange.responseJson()).room_version);
    }
    if (match?.endpoint.id === "invite-v2") {
      this.claim(match.params.roomId, objectOf(exchange.requestJson()).room_version);
    }
    for (const side of SIDES) for (const { pdu } of pdusOf(side, exchange)) this.learnCreate(pdu);
  }

  private learnCreate(pdu: JsonObject): void {
    const version = versionOfCreate(pdu);
    if (version === undefined || !isRoomVersion(version)) return;
    const rules = roomVersionRules(version);
    const event = asEvent(pdu, rules);
    if (event === undefined) return;
    try {
      this.claim(roomIdOfCreate(event, rules), version);
    } catch (error) {
      if (!(error instanceof MissingIdError)) throw error;
    }
  }

  private claim(roomId: string | undefined, version: JsonValue | undefined): void {
    if (roomId === undefined || typeof version !== "string") return;
    const claims = this.claims.get(roomId) ?? new Set<string>();
    this.claims.set(roomId, claims.add(version));
  }
}

const SIDES: readonly Side[] = ["request", "response"];
