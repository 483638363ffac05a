import { MissingIdError, roomIdOfCreate } from "../../matrix/events/hashes.js";
import { serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import { isRoomVersion, roomVersionRules } from "../../matrix/room-versions.js";
import { sameJson } from "../../matrix/same-json.js";
import { KeysSeen } from "../keys/keys-seen.js";
import type { SeenExchange } from "../view.js";
import { endpointOf } from "./messages.js";
import { asEvent, idOf, pdusOf, rulesFor, versionOfCreate, vouchedFor } from "./own-pdus.js";
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
export function passiveFacts(exchanges: readonly SeenExchange[], known: KnownBeforehand): PassiveFacts {
  const federation = exchanges.filter(({ kind }) => kind === "federation");
  const keys = new KeysSeen();
  const versions = new RoomVersionsSeen(known.roomVersions ?? new Map());
  for (const exchange of federation) {
    keys.learn(exchange);
    versions.learn(exchange);
  }
  const facts: PassiveFacts = {
    isUnderTest: (serverName) => known.underTest.has(serverName),
    serverKeys: (serverName) => new Map([...keys.of(serverName), ...(known.keys?.get(serverName) ?? [])]),
    roomVersion: (roomId) => versions.of(roomId),
    original: () => undefined,
  };
  const originals = originalsIn(federation, facts);
  return { ...facts, original: (eventId) => originals.get(eventId) };
}

/** Room versions as servers named them. A room for which they name different ones counts as unknown: somebody lies. */
class RoomVersionsSeen {
  private readonly claims = new Map<string, Set<string>>();

  constructor(private readonly certain: ReadonlyMap<string, string>) {}

  of(roomId: string): string | undefined {
    const certain = this.certain.get(roomId);
    if (certain !== undefined) return certain;
    const claims = this.claims.get(roomId);
    return claims?.size === 1 ? [...claims][0] : undefined;
  }

  learn(exchange: SeenExchange): void {
    const match = endpointOf(exchange);
    const answer = exchange.response?.status === 200 ? exchange.responseJson() : undefined;
    if (match?.endpoint.id.startsWith("make-") === true && isJsonObject(answer)) {
      this.claim(match.params.roomId, answer.room_version);
    }
    const request = exchange.requestJson();
    if (match?.endpoint.id === "invite-v2" && isJsonObject(request)) {
      this.claim(match.params.roomId, request.room_version);
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

/** Events by id as their own server sent them. One that it sent in two forms has no original: a peer may lie to some. */
function originalsIn(exchanges: readonly SeenExchange[], facts: PassiveFacts): ReadonlyMap<string, JsonObject> {
  const originals = new Map<string, JsonObject>();
  const ambiguous = new Set<string>();
  for (const exchange of exchanges) {
    for (const { pdu } of pdusOf("request", exchange)) {
      const rules = rulesFor(pdu, facts);
      const event = rules === undefined ? undefined : asEvent(pdu, rules);
      if (rules === undefined || event === undefined || serverNameOf(event.sender) !== exchange.from) continue;
      const id = idOf(event, rules);
      if (id === undefined) continue;
      const first = originals.get(id);
      if (first === undefined) originals.set(id, pdu);
      else if (!sameJson(vouchedFor(first), vouchedFor(pdu))) ambiguous.add(id);
    }
  }
  for (const id of ambiguous) originals.delete(id);
  return originals;
}
