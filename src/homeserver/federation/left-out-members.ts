import type { JsonObject } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import type { Core } from "../core.js";
import type { FederationRequest } from "../parts.js";
import type { StoredRoom } from "../rooms/stored-room.js";

interface ToldMembers {
  readonly state: readonly Pdu[];
  /** What the answer says of who is missing in it. */
  readonly said: JsonObject;
}

/**
 * The state that a joining server is told. It may be asked for without the members, which nobody has to heed
 * (server-server-api#put_matrixfederationv2send_joinroomideventid): a sound server tells all, the faults leave them out.
 */
export function toldMembers(
  core: Core,
  request: FederationRequest,
  room: StoredRoom,
  state: readonly Pdu[],
): ToldMembers {
  const asked = request.query.get("omit_members") === "true";
  const without = state.filter(({ type }) => type !== "m.room.member");
  if (asked && core.has("omits-members-silently")) return { state: without, said: { members_omitted: false } };
  if (asked && core.has("omits-members-without-servers")) return { state: without, said: { members_omitted: true } };
  if (asked && core.has("omits-heroes")) {
    const others = room.joinedServers().filter((server) => server !== request.origin);
    return { state: without, said: { members_omitted: true, servers_in_room: others } };
  }
  return { state, said: { members_omitted: false } };
}
