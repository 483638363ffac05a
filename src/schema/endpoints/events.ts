import { type Endpoint, endpoint, needed, repeatable } from "./endpoint.js";

const V1 = "/_matrix/federation/v1";

/** Transactions, and the retrieval of events, state and authorisation chains. */
export const EVENT_ENDPOINTS: readonly Endpoint[] = [
  endpoint("send", "send", `PUT ${V1}/send/{txnId}`, "put_matrixfederationv1sendtxnid"),
  endpoint(
    "event-auth",
    "events",
    `GET ${V1}/event_auth/{roomId}/{eventId}`,
    "get_matrixfederationv1event_authroomideventid",
    { acl: true },
  ),
  endpoint("backfill", "events", `GET ${V1}/backfill/{roomId}`, "get_matrixfederationv1backfillroomid", {
    acl: true,
    query: { v: repeatable("string", true), limit: needed("integer") },
  }),
  endpoint(
    "get-missing-events",
    "events",
    `POST ${V1}/get_missing_events/{roomId}`,
    "post_matrixfederationv1get_missing_eventsroomid",
    { acl: true },
  ),
  endpoint("state", "events", `GET ${V1}/state/{roomId}`, "get_matrixfederationv1stateroomid", {
    acl: true,
    query: { event_id: needed("string") },
  }),
  endpoint("state-ids", "events", `GET ${V1}/state_ids/{roomId}`, "get_matrixfederationv1state_idsroomid", {
    acl: true,
    query: { event_id: needed("string") },
  }),
  endpoint("event", "events", `GET ${V1}/event/{eventId}`, "get_matrixfederationv1eventeventid"),
  endpoint(
    "timestamp-to-event",
    "events",
    `GET ${V1}/timestamp_to_event/{roomId}`,
    "get_matrixfederationv1timestamp_to_eventroomid",
    { since: "v1.6", query: { ts: needed("integer"), dir: needed("direction") } },
  ),
];
