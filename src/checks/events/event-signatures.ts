import { checkEventSignature } from "../../matrix/events/sign.js";
import type { Pdu, ServerName } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import type { JudgeView } from "../view.js";

/** Whether an event carries a signature of the server that verifies with a key which the evidence holds. */
export function isSignedBy(view: JudgeView, event: Pdu, rules: RoomVersionRules, server: ServerName): boolean {
  const keys = view.serverKeys(server);
  return Object.keys(event.signatures?.[server] ?? {}).some((keyId) => {
    const key = keys.get(keyId);
    return key !== undefined && checkEventSignature(event, rules, server, keyId, key);
  });
}
