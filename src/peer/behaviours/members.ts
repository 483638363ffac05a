import { Type } from "@sinclair/typebox";
import { objectsIn } from "../../matrix/json.js";
import { defineBehaviour, withChangedBody } from "./define.js";

/** server-server-api#put_matrixfederationv2send_joinroomideventid */
export const leavesMembersOut = defineBehaviour({
  name: "leaves-members-out",
  summary:
    "Leaves the memberships out of the state that a joining server is told, where that server can do without, and says so",
  input: Type.Object(
    { servers: Type.Array(Type.String(), { minItems: 1, description: "The names of the servers in the room." }) },
    { additionalProperties: false },
  ),
  appliesTo: ({ endpoint, request }) =>
    endpoint === "send-join" && /[?&]omit_members=true(?:&|$)/u.test(request.target),
  async respond(_peer, _call, { servers }, honest) {
    return withChangedBody(await honest(), (body) => ({
      ...body,
      state: objectsIn(body.state).filter(({ type }) => type !== "m.room.member"),
      members_omitted: true,
      servers_in_room: servers,
    }));
  },
});
