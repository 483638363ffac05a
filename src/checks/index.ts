import { neverReceives, receives } from "./arrivals.js";
import { asks, neverAsks } from "./asked.js";
import { bindingIs, differ } from "./bindings.js";
import { clientNeverSees, clientSees, clientSeesOnce, deviceListChanged } from "./client-sees.js";
import { decrypts } from "./decryption.js";
import type { Check } from "./define.js";
import { carriesSignatureOf, closedUnderAuth, eventsValid, lists } from "./event-checks.js";
import { historyHolds } from "./history.js";
import { cosigned, keyDocumentValid, validFor } from "./key-checks.js";
import { askedTimes, notaryMinimum, vouchesFor } from "./key-requests.js";
import { resolvedState } from "./resolved-state.js";
import { bodyHas, errorObject, refused, sameAnswer, saysJson, succeeds } from "./responses.js";
import { bodyHolds, returnsEvent } from "./returned-event.js";
import { arrivesInOrder, oneAtATime, repeatsRefused, withinLimits } from "./sent-transactions.js";
import { stateBecomes } from "./state-becomes.js";

/** The oracles that scenarios may name. */
export const CHECKS: readonly Check[] = [
  arrivesInOrder,
  askedTimes,
  asks,
  bindingIs,
  bodyHas,
  bodyHolds,
  carriesSignatureOf,
  clientNeverSees,
  clientSees,
  clientSeesOnce,
  closedUnderAuth,
  cosigned,
  decrypts,
  deviceListChanged,
  differ,
  errorObject,
  eventsValid,
  historyHolds,
  keyDocumentValid,
  lists,
  neverAsks,
  neverReceives,
  notaryMinimum,
  oneAtATime,
  receives,
  refused,
  repeatsRefused,
  resolvedState,
  returnsEvent,
  sameAnswer,
  saysJson,
  stateBecomes,
  succeeds,
  validFor,
  vouchesFor,
  withinLimits,
];
