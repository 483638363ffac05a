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

const FAULTS = ["omits-members-silently", "omits-members-without-servers", "omits-heroes"] as const;

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
  const fault = FAULTS.find((name) => core.has(name));
  if (fault === undefined || request.query.get("omit_members") !== "true")
    return { state, said: { members_omitted: false } };
  const others = room.joinedServers().filter((server) => server !== request.origin);
  const said = {
    members_omitted: fault !== "omits-members-silently",
    ...(fault === "omits-heroes" ? { servers_in_room: others } : {}),
  };
  return { state: state.filter(({ type }) => type !== "m.room.member"), said };
}
