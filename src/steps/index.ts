import { answerWith } from "./answers.js";
import { sendBatch } from "./batches.js";
import { uploadCrossSigning, verifyUser } from "./cross-signing.js";
import type { Step } from "./define.js";
import { countUpdates } from "./device-updates.js";
import { claimKey, queryKeys, renameDevice, sendToDevice, uploadKeys } from "./devices.js";
import { decrypt, encryptRoom, sendEncrypted, startEncryption } from "./encryption.js";
import { sendReceipt, setPresence, setTyping } from "./ephemeral.js";
import { deliver, forge, sendEdu } from "./forge.js";
import { handIn, makeMembership, sendMembership } from "./handshakes.js";
import { makeIdentityKey } from "./identity-keys.js";
import { sendInvite } from "./invites.js";
import { redact, sendMessage, sendMessages, sendStateEvent } from "./messages.js";
import { nameEvent } from "./naming.js";
import { noteHost, noteTime } from "./notes.js";
import { claimAtOnce } from "./peer-claims.js";
import { behave, behaveWell, cut, mend, requestLost, rotateKey } from "./peer-control.js";
import { announceCrossSigning, announceDevice, listDevices } from "./peer-devices.js";
import { request } from "./peer-requests.js";
import { joinByAlias, readProfile, resolveAlias, setDisplayname } from "./profiles.js";
import { readEvent, readHistory, readState } from "./reading.js";
import { ban, createRoom, invite, join, kick, knock, leave } from "./rooms.js";
import { logIn, logOut } from "./sessions.js";

/** The verbs that scenarios may use. */
export const STEPS: readonly Step[] = [
  announceCrossSigning,
  announceDevice,
  answerWith,
  ban,
  behave,
  behaveWell,
  claimAtOnce,
  claimKey,
  countUpdates,
  createRoom,
  cut,
  decrypt,
  deliver,
  encryptRoom,
  forge,
  handIn,
  invite,
  join,
  joinByAlias,
  kick,
  knock,
  leave,
  listDevices,
  logIn,
  logOut,
  makeIdentityKey,
  makeMembership,
  mend,
  nameEvent,
  noteHost,
  noteTime,
  queryKeys,
  readEvent,
  readHistory,
  readProfile,
  readState,
  redact,
  renameDevice,
  request,
  requestLost,
  resolveAlias,
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
  startEncryption,
  uploadCrossSigning,
  uploadKeys,
  verifyUser,
];
