import { errorObject, sameAnswer, saysJson } from "./answers/answer-form.js";
import { answersWithin } from "./answers/answers-within.js";
import { bodyLacks } from "./answers/body-lacks.js";
import { describedInJson, fileGiven, fileInParts, pictureInParts, twoParts } from "./answers/media.js";
import { keepsHeroes, namesServersInRoom, saysWhoIsOmitted } from "./answers/omitted-members.js";
import { bodyHas, refused, succeeds } from "./answers/responses.js";
import { bodyHolds, returnsEvent } from "./answers/returned-event.js";
import { unset } from "./answers/unset.js";
import { lawfulUserId } from "./answers/user-names.js";
import { neverReceives, receives } from "./arrivals/arrivals.js";
import { messageIdsShort, updatesArrive, updatesChained } from "./arrivals/arrived-edus.js";
import { asks, neverAsks } from "./arrivals/asked.js";
import { fetchedUnsigned, placeAskedAnew } from "./arrivals/places-of-files.js";
import { neverReaches, reaches } from "./arrivals/reached.js";
import { receivesOnce } from "./arrivals/received-once.js";
import { roomsNeverTold } from "./arrivals/rooms-never-told.js";
import { sentAgain } from "./arrivals/sent-again.js";
import { arrivesInOrder, oneAtATime, repeatsRefused, withinLimits } from "./arrivals/sent-transactions.js";
import { bindingIs, differ } from "./bindings.js";
import { clientNeverSees, clientSees, clientSeesOnce, deviceListChanged } from "./clients/client-sees.js";
import { answersBounded, numberedInOrder } from "./clients/numbered-messages.js";
import type { Check } from "./define.js";
import { claimedAsUploaded, claimedOne } from "./encryption/claimed-keys.js";
import { deviceGets, deviceListLeft, neverSpells, toDeviceMembers } from "./encryption/client-devices.js";
import { decrypts, keyNeverSent, keysRestored, staysUnreadable } from "./encryption/decryption.js";
import { deviceKeysBecome, keysAsUploaded, selfSigned } from "./encryption/device-keys.js";
import { askedNoMore, listAsNew, updatesNumbered } from "./encryption/device-updates.js";
import { deviceStands, holdsTrueKeys, sameEmoji, userStands } from "./encryption/standing.js";
import { datesTemplate, keepsTemplate } from "./events/completed-templates.js";
import { carriesSignatureOf, closedUnderAuth, eventsValid, lists } from "./events/event-checks.js";
import { listedEvent, redactedCopy, sameEvents } from "./events/event-copies.js";
import { createMakesRoomId, takesMorePower } from "./events/new-rooms.js";
import {
  citesAllAuthEvents,
  citesNoOther,
  countsDepth,
  followsEvents,
  hashedRight,
  signedRight,
} from "./events/own-event-checks.js";
import { policySigned } from "./events/policy-signatures.js";
import { authChainOf, tellsNothingOf } from "./events/told-events.js";
import { withholds } from "./events/withheld-content.js";
import { cosigned, keyDocumentValid, validFor } from "./keys/key-checks.js";
import { keysWellFormed } from "./keys/key-form.js";
import { askedTimes, notaryMinimum, vouchesFor } from "./keys/key-requests.js";
import { historyHolds } from "./state/history.js";
import { resolvedState } from "./state/resolved-state.js";
import { stateBecomes } from "./state/state-becomes.js";
import { statesAgree } from "./state/states-agree.js";
import { wireNeverHolds } from "./wire.js";

/** The oracles that scenarios may name. */
export const CHECKS: readonly Check[] = [
  arrivesInOrder,
  askedNoMore,
  askedTimes,
  answersBounded,
  answersWithin,
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
  receivesOnce,
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
  lawfulUserId,
  saysWhoIsOmitted,
  namesServersInRoom,
  keepsHeroes,
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
