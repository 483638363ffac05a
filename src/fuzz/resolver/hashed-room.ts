import { contentHash, eventIdOf, roomIdOfCreate } from "../../matrix/events/hashes.js";
import { referencesTo } from "../../matrix/events/references.js";
import type { Pdu } from "../../matrix/pdu.js";
import { roomVersionRules } from "../../matrix/room-versions.js";
import type { RoomHistory } from "../history.js";
import type { RoomAuthor } from "../room-author.js";
import { roomBy, simulatedUser } from "../simulated-room.js";
import { toHistoryNode } from "../to-history-node.js";

/** When the target's user joins; some act claims to be an hour older. */
const START_TIME = 1_700_000_000_000;

/**
 * A history written as real events: hashed, with the ids that their room version gives them, and without signatures, which
 * are settled before states are resolved.
 */
export function hashedRoom(history: RoomHistory): RoomAuthor {
  const rules = roomVersionRules(history.roomVersion);
  let roomId = rules.roomIds === "domain" ? "!room:north" : undefined;
  const author = roomBy(({ node, prevEvents, authEvents, depth }, time) => {
    const bare: Pdu = {
      type: node.type,
      sender: node.sender,
      content: node.content,
      origin_server_ts: START_TIME + time,
      depth,
      prev_events: referencesTo(prevEvents, rules),
      auth_events: referencesTo(authEvents, rules),
      ...(roomId === undefined ? {} : { room_id: roomId }),
      ...(node.stateKey === undefined ? {} : { state_key: node.stateKey }),
      ...(rules.eventIds === "field" ? { event_id: `$${node.name}:north` } : {}),
    };
    const event = { ...bare, hashes: { sha256: contentHash(bare) }, signatures: {} };
    roomId ??= roomIdOfCreate(event, rules);
    return { eventId: eventIdOf(event, rules), event };
  }, history);
  const userId = simulatedUser(history);
  for (const node of history.nodes) author.write(toHistoryNode(node, userId), node.at, node.cites);
  return author;
}
