import { type Endpoint, endpoint, needed, optional } from "./endpoint.js";

const V1 = "/_matrix/federation/v1";

/** Published rooms, spaces, queries and OpenID. */
export const DIRECTORY_ENDPOINTS: readonly Endpoint[] = [
  endpoint("public-rooms", "publicRooms", `GET ${V1}/publicRooms`, "get_matrixfederationv1publicrooms", {
    query: {
      limit: optional("integer"),
      since: optional("string"),
      include_all_networks: optional("boolean"),
      third_party_instance_id: optional("string"),
    },
  }),
  endpoint("public-rooms-search", "publicRooms", `POST ${V1}/publicRooms`, "post_matrixfederationv1publicrooms", {
    since: "r0.1.4",
  }),
  endpoint("hierarchy", "spaces", `GET ${V1}/hierarchy/{roomId}`, "get_matrixfederationv1hierarchyroomid", {
    since: "v1.2",
    query: { suggested_only: optional("boolean") },
  }),
  endpoint("query", "query", `GET ${V1}/query/{queryType}`, "get_matrixfederationv1queryquerytype"),
  endpoint("query-directory", "directory", `GET ${V1}/query/directory`, "get_matrixfederationv1querydirectory", {
    query: { room_alias: needed("string") },
  }),
  endpoint("query-profile", "query", `GET ${V1}/query/profile`, "get_matrixfederationv1queryprofile", {
    query: { user_id: needed("string"), field: optional("string") },
  }),
  endpoint("openid-userinfo", "openid", `GET ${V1}/openid/userinfo`, "get_matrixfederationv1openiduserinfo", {
    unsigned: true,
    query: { access_token: needed("string") },
  }),
];
