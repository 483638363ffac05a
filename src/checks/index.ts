import { neverReceives, receives } from "./arrivals.js";
import { bindingIs, differ } from "./bindings.js";
import { clientNeverSees, clientSees, clientSeesOnce, deviceListChanged } from "./client-sees.js";
import { decrypts } from "./decryption.js";
import type { Check } from "./define.js";
import { carriesSignatureOf, closedUnderAuth, eventsValid, lists } from "./event-checks.js";
import { historyHolds } from "./history.js";
import { cosigned, keyDocumentValid, validFor } from "./key-checks.js";
import { resolvedState } from "./resolved-state.js";
import { bodyHas, refused, succeeds } from "./responses.js";
import { stateBecomes } from "./state-becomes.js";

/** The oracles that scenarios may name. */
export const CHECKS: readonly Check[] = [
  bindingIs,
  bodyHas,
  carriesSignatureOf,
  clientNeverSees,
  clientSees,
  clientSeesOnce,
  closedUnderAuth,
  cosigned,
  decrypts,
  deviceListChanged,
  differ,
  eventsValid,
  historyHolds,
  keyDocumentValid,
  lists,
  neverReceives,
  receives,
  refused,
  resolvedState,
  stateBecomes,
  succeeds,
  validFor,
];
