import { answerWith, slipIn } from "./answers.js";
import { askStates } from "./asked-states.js";
import { askServer, syncAfresh, syncOnce } from "./asking.js";
import { sendBatch } from "./batches.js";
import { uploadCrossSigning, uploadFalseSignature, verifyUser } from "./cross-signing.js";
import type { Step } from "./define.js";
import { countRequests, countUpdates } from "./device-updates.js";
import { claimKey, queryKeys, renameDevice, sendToDevice, uploadKeys } from "./devices.js";
import {
  nameAddress,
  nameHost,
  namePort,
  publishAddresses,
  publishDelegation,
  publishServices,
  showCertificate,
} from "./discovery.js";
import {
  catchUp,
  closeDevice,
  decrypt,
  encryptRoom,
  openDevice,
  readEncrypted,
  sendEncrypted,
  startEncryption,
} from "./encryption.js";
import { sendReceipt, setPresence, setTyping } from "./ephemeral.js";
import { deliver, forge, sendEdu } from "./forge.js";
import { addGhostDevice, addGhostOnTheWay } from "./ghost-device.js";
import { handIn, makeMembership, sendMembership } from "./handshakes.js";
import { confirmIdentity, makeIdentity, verifyByEmoji } from "./identities.js";
import { makeIdentityKey } from "./identity-keys.js";
import { sendInvite } from "./invites.js";
import { backUpKeys, restoreKeys } from "./key-backup.js";
import { announceMedia, downloadMedia, uploadMedia } from "./media.js";
import { redact, sendMessage, sendMessages, sendStateEvent } from "./messages.js";
import { nameEvent } from "./naming.js";
import { noteCapitals, noteHost, noteTime } from "./notes.js";
import { redeemToken } from "./openid.js";
import { claimAll, claimAtOnce } from "./peer-claims.js";
import { behave, behaveWell, cut, mend, requestLost, rotateKey } from "./peer-control.js";
import { announceCrossSigning, announceDevice, listDevices } from "./peer-devices.js";
import { floodDevice, repeatMessages } from "./peer-messages.js";
import { request } from "./peer-requests.js";
import { notePolicyKey } from "./policy-keys.js";
import { joinByAlias, readProfile, resolveAlias, setDisplayname } from "./profiles.js";
import { readEvent, readHistory, readState } from "./reading.js";
import { replay } from "./replaying.js";
import { shutDown, startUp } from "./restarts.js";
import { ban, createRoom, invite, join, kick, knock, leave } from "./rooms.js";
import { logIn, logOut } from "./sessions.js";
import { forgeSiblings } from "./siblings.js";
import { alter, awaitAlteration, holdBack, lose, release, stopAltering } from "./tampering.js";
import { makeText } from "./texts.js";
import { tellState } from "./told-state.js";

/** The verbs that scenarios may use. */
export const STEPS: readonly Step[] = [
  addGhostDevice,
  addGhostOnTheWay,
  alter,
  announceCrossSigning,
  announceDevice,
  announceMedia,
  answerWith,
  askStates,
  backUpKeys,
  askServer,
  awaitAlteration,
  ban,
  behave,
  behaveWell,
  catchUp,
  claimAll,
  claimAtOnce,
  claimKey,
  closeDevice,
  confirmIdentity,
  countRequests,
  countUpdates,
  createRoom,
  cut,
  decrypt,
  deliver,
  downloadMedia,
  encryptRoom,
  floodDevice,
  forge,
  forgeSiblings,
  handIn,
  holdBack,
  invite,
  join,
  joinByAlias,
  kick,
  knock,
  leave,
  listDevices,
  logIn,
  logOut,
  lose,
  makeIdentity,
  makeIdentityKey,
  makeMembership,
  makeText,
  mend,
  nameAddress,
  nameEvent,
  nameHost,
  namePort,
  noteCapitals,
  noteHost,
  notePolicyKey,
  noteTime,
  openDevice,
  publishAddresses,
  publishDelegation,
  publishServices,
  queryKeys,
  readEncrypted,
  readEvent,
  readHistory,
  readProfile,
  readState,
  redact,
  redeemToken,
  release,
  renameDevice,
  repeatMessages,
  replay,
  request,
  requestLost,
  resolveAlias,
  restoreKeys,
  rotateKey,
  sendBatch,
  sendEdu,
  sendEncrypted,
  sendInvite,
  sendMembership,
  sendMessage,
  sendMessages,
  sendReceipt,
  sendStateEvent,
  sendToDevice,
  setDisplayname,
  setPresence,
  setTyping,
  shutDown,
  showCertificate,
  slipIn,
  startEncryption,
  startUp,
  stopAltering,
  tellState,
  syncAfresh,
  syncOnce,
  uploadCrossSigning,
  uploadFalseSignature,
  uploadKeys,
  uploadMedia,
  verifyByEmoji,
  verifyUser,
];
