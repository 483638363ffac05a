import type { Level } from "../../evidence/verdict.js";
import type { JsonObject } from "../../matrix/json.js";
import type { EventId, RoomId, ServerName } from "../../matrix/pdu.js";
import type { Finding } from "../define.js";
import type { SeenExchange } from "../view.js";

/** What is known of the run beside the exchange itself. */
export interface PassiveFacts {
  /** Whether a server is under test: nobody else is charged. */
  isUnderTest(serverName: ServerName): boolean;
  /** Public keys in unpadded base64 by key id, retired ones included; empty when none were seen. */
  serverKeys(serverName: ServerName): ReadonlyMap<string, string>;
  /** Undefined when it is not known, or when servers named different versions. */
  roomVersion(roomId: RoomId): string | undefined;
  /** An event as its own server sent it, when that was recorded. */
  original(eventId: EventId): JsonObject | undefined;
}

/** Which side of an exchange a check is about: the one who asks owes the request, the one who answers the response. */
export type Side = "request" | "response";

/** A demand that every message of a server must meet, whatever the scenario was about. Pure. */
export interface PassiveCheck {
  readonly name: string;
  readonly summary: string;
  /** The id of the requirement that it watches over. */
  readonly requirement: string;
  readonly level: Level;
  readonly side: Side;
  /** Whether the exchange has what the check looks at. Says nothing of who is under test. */
  appliesTo(exchange: SeenExchange, facts: PassiveFacts): boolean;
  judge(exchange: SeenExchange, facts: PassiveFacts): Finding;
}

/** The server that answers for that side of an exchange. */
export function chargedServer(side: Side, exchange: SeenExchange): ServerName {
  return side === "request" ? exchange.from : exchange.to;
}
