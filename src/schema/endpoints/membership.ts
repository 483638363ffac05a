import { type Endpoint, endpoint, optional, repeatable } from "./endpoint.js";

const V1 = "/_matrix/federation/v1";
const V2 = "/_matrix/federation/v2";

/** The handshakes by which users of one server enter and leave rooms of another. */
export const MEMBERSHIP_ENDPOINTS: readonly Endpoint[] = [
  endpoint(
    "make-join",
    "join",
    `GET ${V1}/make_join/{roomId}/{userId}`,
    "get_matrixfederationv1make_joinroomiduserid",
    { acl: true, query: { ver: repeatable("string", false) } },
  ),
  endpoint(
    "send-join",
    "join",
    `PUT ${V2}/send_join/{roomId}/{eventId}`,
    "put_matrixfederationv2send_joinroomideventid",
    { acl: true, since: "r0.1.4", query: { omit_members: optional("boolean") } },
  ),
  endpoint(
    "make-knock",
    "knock",
    `GET ${V1}/make_knock/{roomId}/{userId}`,
    "get_matrixfederationv1make_knockroomiduserid",
    { acl: true, since: "v1.1", query: { ver: repeatable("string", true) } },
  ),
  endpoint(
    "send-knock",
    "knock",
    `PUT ${V1}/send_knock/{roomId}/{eventId}`,
    "put_matrixfederationv1send_knockroomideventid",
    { acl: true, since: "v1.1" },
  ),
  endpoint("invite-v1", "invite", `PUT ${V1}/invite/{roomId}/{eventId}`, "put_matrixfederationv1inviteroomideventid", {
    acl: true,
  }),
  endpoint("invite-v2", "invite", `PUT ${V2}/invite/{roomId}/{eventId}`, "put_matrixfederationv2inviteroomideventid", {
    acl: true,
    since: "r0.1.4",
  }),
  endpoint(
    "make-leave",
    "leave",
    `GET ${V1}/make_leave/{roomId}/{userId}`,
    "get_matrixfederationv1make_leaveroomiduserid",
    { acl: true },
  ),
  endpoint(
    "send-leave",
    "leave",
    `PUT ${V2}/send_leave/{roomId}/{eventId}`,
    "put_matrixfederationv2send_leaveroomideventid",
    { acl: true, since: "r0.1.4" },
  ),
  endpoint(
    "exchange-third-party-invite",
    "invite",
    `PUT ${V1}/exchange_third_party_invite/{roomId}`,
    "put_matrixfederationv1exchange_third_party_inviteroomid",
  ),
  endpoint("third-party-onbind", "invite", `PUT ${V1}/3pid/onbind`, "put_matrixfederationv13pidonbind", {
    unsigned: true,
  }),
];
