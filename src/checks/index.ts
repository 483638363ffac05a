import { errorObject, sameAnswer, saysJson } from "./answer-form.js";
import { neverReceives, receives } from "./arrivals.js";
import { messageIdsShort, updatesArrive, updatesChained } from "./arrived-edus.js";
import { asks, neverAsks } from "./asked.js";
import { bindingIs, differ } from "./bindings.js";
import { bodyLacks } from "./body-lacks.js";
import { claimedAsUploaded, claimedOne } from "./claimed-keys.js";
import { deviceGets, deviceListLeft, neverSpells, toDeviceMembers } from "./client-devices.js";
import { clientNeverSees, clientSees, clientSeesOnce, deviceListChanged } from "./client-sees.js";
import { datesTemplate, keepsTemplate } from "./completed-templates.js";
import { decrypts, keyNeverSent, keysRestored, staysUnreadable } from "./decryption.js";
import type { Check } from "./define.js";
import { deviceKeysBecome, keysAsUploaded, selfSigned } from "./device-keys.js";
import { askedNoMore, listAsNew, updatesNumbered } from "./device-updates.js";
import { carriesSignatureOf, closedUnderAuth, eventsValid, lists } from "./event-checks.js";
import { listedEvent, redactedCopy, sameEvents } from "./event-copies.js";
import { historyHolds } from "./history.js";
import { cosigned, keyDocumentValid, validFor } from "./key-checks.js";
import { keysWellFormed } from "./key-form.js";
import { askedTimes, notaryMinimum, vouchesFor } from "./key-requests.js";
import { describedInJson, fileGiven, fileInParts, pictureInParts, twoParts } from "./media.js";
import { createMakesRoomId, takesMorePower } from "./new-rooms.js";
import { answersBounded, numberedInOrder } from "./numbered-messages.js";
import {
  citesAllAuthEvents,
  citesNoOther,
  countsDepth,
  followsEvents,
  hashedRight,
  signedRight,
} from "./own-event-checks.js";
import { fetchedUnsigned, placeAskedAnew } from "./places-of-files.js";
import { policySigned } from "./policy-signatures.js";
import { neverReaches, reaches } from "./reached.js";
import { resolvedState } from "./resolved-state.js";
import { bodyHas, refused, succeeds } from "./responses.js";
import { bodyHolds, returnsEvent } from "./returned-event.js";
import { roomsNeverTold } from "./rooms-never-told.js";
import { sentAgain } from "./sent-again.js";
import { arrivesInOrder, oneAtATime, repeatsRefused, withinLimits } from "./sent-transactions.js";
import { deviceStands, holdsTrueKeys, sameEmoji, userStands } from "./standing.js";
import { stateBecomes } from "./state-becomes.js";
import { statesAgree } from "./states-agree.js";
import { authChainOf, tellsNothingOf } from "./told-events.js";
import { unset } from "./unset.js";
import { wireNeverHolds } from "./wire.js";
import { withholds } from "./withheld-content.js";

/** The oracles that scenarios may name. */
export const CHECKS: readonly Check[] = [
  arrivesInOrder,
  askedNoMore,
  askedTimes,
  answersBounded,
  asks,
  authChainOf,
  bindingIs,
  bodyHas,
  bodyHolds,
  bodyLacks,
  carriesSignatureOf,
  citesAllAuthEvents,
  citesNoOther,
  claimedAsUploaded,
  claimedOne,
  clientNeverSees,
  clientSees,
  clientSeesOnce,
  closedUnderAuth,
  cosigned,
  countsDepth,
  datesTemplate,
  decrypts,
  deviceKeysBecome,
  deviceGets,
  deviceListChanged,
  deviceListLeft,
  deviceStands,
  differ,
  describedInJson,
  errorObject,
  eventsValid,
  fetchedUnsigned,
  fileGiven,
  fileInParts,
  followsEvents,
  hashedRight,
  historyHolds,
  holdsTrueKeys,
  keyDocumentValid,
  keepsTemplate,
  keysWellFormed,
  keyNeverSent,
  keysAsUploaded,
  keysRestored,
  listedEvent,
  listAsNew,
  lists,
  messageIdsShort,
  neverAsks,
  neverReaches,
  neverReceives,
  neverSpells,
  notaryMinimum,
  numberedInOrder,
  oneAtATime,
  pictureInParts,
  placeAskedAnew,
  policySigned,
  reaches,
  receives,
  redactedCopy,
  refused,
  repeatsRefused,
  resolvedState,
  roomsNeverTold,
  statesAgree,
  returnsEvent,
  sameAnswer,
  sameEmoji,
  sameEvents,
  saysJson,
  signedRight,
  selfSigned,
  sentAgain,
  stateBecomes,
  staysUnreadable,
  succeeds,
  tellsNothingOf,
  toDeviceMembers,
  twoParts,
  unset,
  updatesArrive,
  updatesChained,
  updatesNumbered,
  userStands,
  validFor,
  wireNeverHolds,
  vouchesFor,
  withholds,
  withinLimits,
  createMakesRoomId,
  takesMorePower,
];
