import { type Endpoint, endpoint, needed, optional } from "./endpoint.js";

const V1 = "/_matrix/federation/v1";

/** Devices and their keys, media, and the policy server. */
export const USER_ENDPOINTS: readonly Endpoint[] = [
  endpoint("user-devices", "devices", `GET ${V1}/user/devices/{userId}`, "get_matrixfederationv1userdevicesuserid"),
  endpoint("user-keys-claim", "devices", `POST ${V1}/user/keys/claim`, "post_matrixfederationv1userkeysclaim"),
  endpoint("user-keys-query", "devices", `POST ${V1}/user/keys/query`, "post_matrixfederationv1userkeysquery"),
  endpoint(
    "media-download",
    "media",
    `GET ${V1}/media/download/{mediaId}`,
    "get_matrixfederationv1mediadownloadmediaid",
    { response: false, since: "v1.11", query: { timeout_ms: optional("integer") } },
  ),
  endpoint(
    "media-thumbnail",
    "media",
    `GET ${V1}/media/thumbnail/{mediaId}`,
    "get_matrixfederationv1mediathumbnailmediaid",
    {
      response: false,
      since: "v1.11",
      query: {
        width: needed("integer"),
        height: needed("integer"),
        method: optional("string"),
        animated: optional("boolean"),
        timeout_ms: optional("integer"),
      },
    },
  ),
  endpoint("policy-sign", "policy", "POST /_matrix/policy/v1/sign", "post_matrixpolicyv1sign", { since: "v1.18" }),
];
