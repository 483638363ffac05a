import { type Endpoint, endpoint } from "./endpoint.js";

const V2 = "/_matrix/identity/v2";

function identityEndpoint(id: string, line: string, anchor: string): Endpoint {
  const row = endpoint(id, "identity", line, anchor, { unsigned: true, request: false, response: false });
  return { ...row, anchor: `identity-service-api#${anchor}` };
}

/** What homeservers ask identity servers, whose part a peer may take: recognised, though no part of the Server-Server API. */
export const IDENTITY_ENDPOINTS: readonly Endpoint[] = [
  identityEndpoint("identity-hash-details", `GET ${V2}/hash_details`, "get_matrixidentityv2hash_details"),
  identityEndpoint("identity-lookup", `POST ${V2}/lookup`, "post_matrixidentityv2lookup"),
  identityEndpoint("identity-store-invite", `POST ${V2}/store-invite`, "post_matrixidentityv2store-invite"),
  identityEndpoint("identity-key-valid", `GET ${V2}/pubkey/isvalid`, "get_matrixidentityv2pubkeyisvalid"),
];
