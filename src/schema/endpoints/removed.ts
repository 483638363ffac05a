import { type Endpoint, endpoint, optional } from "./endpoint.js";

const V1 = "/_matrix/federation/v1";

/** Endpoints that the specification no longer has and servers still speak: recognised, so that they are judged fairly. */
export const REMOVED_ENDPOINTS: readonly Endpoint[] = [
  endpoint(
    "send-join-v1",
    "join",
    `PUT ${V1}/send_join/{roomId}/{eventId}`,
    "put_matrixfederationv2send_joinroomideventid",
    { acl: true, removed: "v1.18" },
  ),
  endpoint(
    "send-leave-v1",
    "leave",
    `PUT ${V1}/send_leave/{roomId}/{eventId}`,
    "put_matrixfederationv2send_leaveroomideventid",
    { acl: true, removed: "v1.18" },
  ),
  endpoint(
    "media-download-old",
    "media",
    "GET /_matrix/media/v3/download/{serverName}/{mediaId}",
    "content-repository",
    {
      unsigned: true,
      response: false,
      removed: "v1.11",
      query: {
        allow_remote: optional("boolean"),
        timeout_ms: optional("integer"),
        allow_redirect: optional("boolean"),
      },
    },
  ),
  endpoint("server-keys-by-id", "keys", "GET /_matrix/key/v2/server/{keyId}", "get_matrixkeyv2server", {
    unsigned: true,
    removed: "v1.6",
    schemasOf: "server-keys",
  }),
  endpoint(
    "notary-query-one-by-id",
    "keys",
    "GET /_matrix/key/v2/query/{serverName}/{keyId}",
    "get_matrixkeyv2queryservername",
    {
      unsigned: true,
      removed: "v1.6",
      schemasOf: "notary-query-one",
      query: { minimum_valid_until_ts: optional("integer") },
    },
  ),
];
