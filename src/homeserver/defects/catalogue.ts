import { ACCESS_LIST_DEFECTS } from "./access-list-defects.js";
import { AUTH_DEFECTS } from "./auth-defects.js";
import { CLIENT_DEFECTS } from "./client-defects.js";
import { COMPLETION_DEFECTS } from "./completion-defects.js";
import type { Defect } from "./defect.js";
import { DISCOVERY_DEFECTS } from "./discovery-defects.js";
import { ENCRYPTION_DEFECTS } from "./encryption-defects.js";
import { EVENT_DEFECTS } from "./event-defects.js";
import { HANDSHAKE_DEFECTS } from "./handshake-defects.js";
import { KEY_DEFECTS } from "./key-defects.js";
import { MEDIA_DEFECTS } from "./media-defects.js";
import { MEMBERSHIP_DEFECTS } from "./membership-defects.js";
import { POLICY_DEFECTS } from "./policy-defects.js";
import { QUERY_DEFECTS } from "./query-defects.js";
import { REQUEST_DEFECTS } from "./request-defects.js";
import { RESOLUTION_DEFECTS } from "./resolution-defects.js";
import { SPACE_DEFECTS } from "./space-defects.js";
import { STATE_DEFECTS } from "./state-defects.js";
import { THIRD_PARTY_DEFECTS } from "./third-party-defects.js";
import { TRANSACTION_DEFECTS } from "./transaction-defects.js";
import { UPGRADE_DEFECTS } from "./upgrade-defects.js";

export type { Defect } from "./defect.js";

/** Every fault that can be switched on. */
export const DEFECTS: readonly Defect[] = [
  ...REQUEST_DEFECTS,
  ...DISCOVERY_DEFECTS,
  ...QUERY_DEFECTS,
  ...SPACE_DEFECTS,
  ...ACCESS_LIST_DEFECTS,
  ...KEY_DEFECTS,
  ...EVENT_DEFECTS,
  ...AUTH_DEFECTS,
  ...STATE_DEFECTS,
  ...RESOLUTION_DEFECTS,
  ...MEMBERSHIP_DEFECTS,
  ...HANDSHAKE_DEFECTS,
  ...COMPLETION_DEFECTS,
  ...UPGRADE_DEFECTS,
  ...MEDIA_DEFECTS,
  ...POLICY_DEFECTS,
  ...THIRD_PARTY_DEFECTS,
  ...TRANSACTION_DEFECTS,
  ...CLIENT_DEFECTS,
  ...ENCRYPTION_DEFECTS,
];
