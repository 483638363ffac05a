import type { HistoryNode } from "../matrix/dag/history.js";
import type { UserId } from "../matrix/pdu.js";
import { type FuzzNode, withUsers } from "./history.js";

/** A node with its users' ids in place of their names. */
export function toHistoryNode(node: FuzzNode, userId: (name: string) => UserId): HistoryNode {
  const { name, by, type, key, content, prev } = node;
  return {
    name,
    prev,
    sender: userId(by),
    type,
    content: withUsers(content, userId),
    ...(key === undefined ? {} : { stateKey: withUsers(key, userId) }),
  };
}
