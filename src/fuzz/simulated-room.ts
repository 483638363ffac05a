import type { HistoryDraft } from "../matrix/dag/history.js";
import type { IdentifiedEvent } from "../matrix/events/references.js";
import type { JsonObject } from "../matrix/json.js";
import type { Pdu } from "../matrix/pdu.js";
import { type RoomVersionRules, roomVersionRules } from "../matrix/room-versions.js";
import { type FuzzNode, founderOf, type RoomHistory, START } from "./history.js";
import { type AuthorOptions, RoomAuthor } from "./room-author.js";
import { toHistoryNode } from "./to-history-node.js";

/** What a history begins with. */
export type HistoryOpening = Pick<RoomHistory, "roomVersion" | "cast" | "joined" | "powers" | "creation">;

/** The opening of a room, with its first events by name, as servers make it; without keys and hashes, to try out what comes next. */
export function simulatedRoom(opening: HistoryOpening): RoomAuthor {
  const rules = roomVersionRules(opening.roomVersion);
  return roomBy((draft, time) => unsigned(draft, time, rules), opening);
}

/** The same opening, its events completed by the caller. */
export function roomBy(complete: AuthorOptions["complete"], opening: HistoryOpening): RoomAuthor {
  const rules = roomVersionRules(opening.roomVersion);
  const author = new RoomAuthor({ rules, signedBy: () => true, complete });
  for (const node of openingNodes(opening, rules)) author.write(toHistoryNode(node, simulatedUser(opening)), node.at);
  return author;
}

/** The user ids of a simulated room. */
export function simulatedUser({ cast }: Pick<RoomHistory, "cast">): (name: string) => string {
  return (name) => `@${name}:${cast[name] ?? "target"}`;
}

function openingNodes(opening: HistoryOpening, rules: RoomVersionRules): FuzzNode[] {
  const founder = founderOf(opening);
  const creator: JsonObject = rules.creatorIn === "content" ? { creator: `\${${founder}}` } : {};
  const create = { ...opening.creation, ...creator, room_version: rules.id };
  const nodes: FuzzNode[] = [];
  const add = (name: string, by: string, type: string, key: string, content: JsonObject) => {
    const before = nodes.at(-1);
    const prev = before === undefined ? [] : [before.name];
    nodes.push({ name, by, type, key, content, prev, at: nodes.length * 10 - 1000 });
  };
  const join = (name: string, user: string) => add(name, user, "m.room.member", `\${${user}}`, { membership: "join" });
  add("create", founder, "m.room.create", "", create);
  join(`${founder}-joins`, founder);
  add("levels", founder, "m.room.power_levels", "", opening.powers);
  add("rules", founder, "m.room.join_rules", "", { join_rule: "public" });
  for (const user of opening.joined) join(`${user}-joins`, user);
  join(START, "target");
  return nodes;
}

function unsigned({ node, prevEvents, authEvents, depth }: HistoryDraft, time: number, rules: RoomVersionRules) {
  const chosen = rules.eventIds === "field";
  const eventId = `$${node.name}${chosen ? ":north" : ""}`;
  const refer = ({ eventId: id }: IdentifiedEvent) => (rules.references === "ids" ? id : ([id, {}] as const));
  const named = rules.roomIds === "domain";
  const event: Pdu = {
    type: node.type,
    sender: node.sender,
    content: node.content,
    origin_server_ts: time,
    depth,
    prev_events: prevEvents.map(refer),
    auth_events: authEvents.map(refer),
    ...(node.stateKey === undefined ? {} : { state_key: node.stateKey }),
    ...(chosen ? { event_id: eventId } : {}),
    ...(named || node.type !== "m.room.create" ? { room_id: named ? "!room:north" : "!create" } : {}),
  };
  return { eventId, event };
}
