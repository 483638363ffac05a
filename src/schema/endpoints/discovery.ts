import { type Endpoint, endpoint, optional } from "./endpoint.js";

/** Delegation, version and signing keys: nothing here is signed by the caller. */
export const DISCOVERY_ENDPOINTS: readonly Endpoint[] = [
  endpoint("well-known-server", "discovery", "GET /.well-known/matrix/server", "getwell-knownmatrixserver", {
    unsigned: true,
  }),
  endpoint("version", "version", "GET /_matrix/federation/v1/version", "get_matrixfederationv1version", {
    unsigned: true,
  }),
  endpoint("server-keys", "keys", "GET /_matrix/key/v2/server", "get_matrixkeyv2server", { unsigned: true }),
  endpoint("notary-query-one", "keys", "GET /_matrix/key/v2/query/{serverName}", "get_matrixkeyv2queryservername", {
    unsigned: true,
    query: { minimum_valid_until_ts: optional("integer") },
  }),
  endpoint("notary-query-many", "keys", "POST /_matrix/key/v2/query", "post_matrixkeyv2query", { unsigned: true }),
];
