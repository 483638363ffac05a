import { askUntil } from "./asking/ask-until.js";
import { askStates } from "./asking/asked-states.js";
import { askServer, syncAfresh, syncOnce } from "./asking/asking.js";
import type { Step } from "./define.js";
import { uploadCrossSigning, uploadFalseSignature, verifyUser } from "./encryption/cross-signing.js";
import { countRequests, countUpdates } from "./encryption/device-updates.js";
import { claimKey, queryKeys, renameDevice, sendToDevice, uploadKeys } from "./encryption/devices.js";
import {
  catchUp,
  closeDevice,
  decrypt,
  encryptRoom,
  openDevice,
  readEncrypted,
  sendEncrypted,
  startEncryption,
} from "./encryption/encryption.js";
import { addGhostDevice, addGhostOnTheWay } from "./encryption/ghost-device.js";
import { confirmIdentity, makeIdentity, verifyByEmoji } from "./encryption/identities.js";
import { backUpKeys, restoreKeys } from "./encryption/key-backup.js";
import { deliver, forge, sendEdu } from "./forging/forge.js";
import { forgeSiblings } from "./forging/siblings.js";
import { nameEvent } from "./naming.js";
import { noteCapitals, noteHost, noteTime } from "./notes.js";
import {
  nameAddress,
  nameHost,
  namePort,
  publishAddresses,
  publishDelegation,
  publishServices,
  showCertificate,
} from "./path/discovery.js";
import { replay } from "./path/replaying.js";
import { shutDown, startUp } from "./path/restarts.js";
import { alter, awaitAlteration, holdBack, lose, release, stopAltering } from "./path/tampering.js";
import { answerWith, slipIn } from "./peers/answers.js";
import { sendBatch } from "./peers/batches.js";
import { handIn, makeMembership, sendMembership } from "./peers/handshakes.js";
import { makeIdentityKey } from "./peers/identity-keys.js";
import { claimAll, claimAtOnce } from "./peers/peer-claims.js";
import { behave, behaveWell, cut, mend, requestLost, rotateKey } from "./peers/peer-control.js";
import { announceCrossSigning, announceDevice, listDevices } from "./peers/peer-devices.js";
import { floodDevice, repeatMessages } from "./peers/peer-messages.js";
import { request } from "./peers/peer-requests.js";
import { notePolicyKey } from "./peers/policy-keys.js";
import { tellState } from "./peers/told-state.js";
import { sendReceipt, setPresence, setTyping } from "./rooms/ephemeral.js";
import { sendInvite } from "./rooms/invites.js";
import { announceMedia, downloadMedia, uploadMedia } from "./rooms/media.js";
import { redact, sendMessage, sendMessages, sendStateEvent } from "./rooms/messages.js";
import { redeemToken } from "./rooms/openid.js";
import { joinByAlias, readProfile, resolveAlias, setDisplayname } from "./rooms/profiles.js";
import { readEvent, readHistory, readState } from "./rooms/reading.js";
import { register } from "./rooms/registering.js";
import { ban, createRoom, invite, join, kick, knock, leave } from "./rooms/rooms.js";
import { logIn, logOut } from "./rooms/sessions.js";
import { upgradeRoom } from "./rooms/upgrades.js";
import { makeText } from "./texts.js";

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
  askUntil,
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
  register,
  upgradeRoom,
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
