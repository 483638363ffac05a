import type { Step } from "./define.js";
import { claimKey, queryKeys, renameDevice, sendToDevice, uploadKeys } from "./devices.js";
import { decrypt, encryptRoom, sendEncrypted, startEncryption } from "./encryption.js";
import { sendReceipt, setPresence, setTyping } from "./ephemeral.js";
import { deliver, forge, sendEdu } from "./forge.js";
import { makeMembership, sendMembership } from "./handshakes.js";
import { sendInvite } from "./invites.js";
import { redact, sendMessage, sendMessages, sendStateEvent } from "./messages.js";
import { behave, behaveWell, cut, mend, noteTime, rotateKey } from "./peer-control.js";
import { request } from "./peer-requests.js";
import { joinByAlias, readProfile, resolveAlias, setDisplayname } from "./profiles.js";
import { readHistory, readState } from "./reading.js";
import { ban, createRoom, invite, join, kick, knock, leave } from "./rooms.js";

/** The verbs that scenarios may use. */
export const STEPS: readonly Step[] = [
  ban,
  behave,
  behaveWell,
  claimKey,
  createRoom,
  cut,
  decrypt,
  deliver,
  encryptRoom,
  forge,
  invite,
  join,
  joinByAlias,
  kick,
  knock,
  leave,
  makeMembership,
  mend,
  noteTime,
  queryKeys,
  readHistory,
  readProfile,
  readState,
  redact,
  renameDevice,
  request,
  resolveAlias,
  rotateKey,
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
  uploadKeys,
];
