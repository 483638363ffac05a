import { BACKUP_DEFECTS } from "./backup-defects.js";
import type { Defect, SideEffect } from "./defect.js";

const alsoBreaks = (because: string, ...scenarios: readonly string[]): readonly SideEffect[] => [
  { scenarios, because },
];

/** Faults in what is told, and believed, of lists of devices. */
const LIST_DEFECTS: readonly Defect[] = [
  {
    name: "no-update-for-signed-device",
    summary: "Other servers are not told that a device has a new signature",
    requirement: "FED-DEVL-008",
  },
  {
    name: "device-list-omits-stream-id",
    summary: "Device list updates bear no number",
    requirement: "FED-DEVL-009",
    alsoBreaks: alsoBreaks("updates without a number are taken up by nobody", "devices/*", "encryption/*"),
  },
  {
    name: "device-list-repeats-stream-id",
    summary: "All device list updates bear the same number",
    requirement: "FED-DEVL-010",
  },
  {
    name: "user-devices-stale-stream-id",
    summary: "A whole device list bears the number of an older state",
    requirement: "FED-DEVS-004",
  },
  {
    name: "user-devices-omits-cross-signing",
    summary: "A whole device list lacks the user's cross-signing keys",
    requirement: "FED-DEVS-001",
  },
  {
    name: "user-devices-omits-keys",
    summary: "A whole device list lacks the devices' keys",
    requirement: "FED-DEVS-002",
    alsoBreaks: [
      { scenarios: ["devices/changes-both-ways"], because: "its users are given the keys of what was listed" },
    ],
  },
  {
    name: "rolls-back-device-list",
    summary: "An older device list update undoes a newer one",
    requirement: "FED-DEVL-019",
  },
  {
    name: "keeps-keys-of-keyless-update",
    summary: "A device that is said to have no keys keeps its old ones",
    requirement: "FED-DEVL-017",
  },
  {
    name: "silent-device-list-changes",
    summary: "Clients are not told of changes to remote device lists",
    requirement: "FED-DEVL-020",
    alsoBreaks: alsoBreaks("clients go on with what they knew", "devices/*", "encryption/*"),
  },
  {
    name: "forgets-stream-after-resync",
    summary: "Each change after a list was fetched again is taken for a gap",
    requirement: "FED-DEVL-014",
  },
  {
    name: "failed-resync-empties-list",
    summary: "A device list that could not be fetched again counts as empty",
    requirement: "FED-DEVL-013",
  },
  {
    name: "update-replaces-list",
    summary: "A device list update makes its device the only one",
    requirement: "FED-DEVL-015",
    alsoBreaks: alsoBreaks("an update leaves no other device", "devices/*"),
  },
  {
    name: "asks-for-lists-every-time",
    summary: "Remote device lists are asked for with each question of a client",
    requirement: "FED-DEVL-001",
  },
  {
    name: "keeps-lists-of-strangers",
    summary: "Device lists are kept, and gone on with, though nobody has told of changes meanwhile",
    requirement: "FED-E2C-016",
  },
  {
    name: "no-change-for-new-roommates",
    summary: "Clients are not told of the devices of whom they newly share a room with",
    requirement: "FED-E2C-013",
  },
  {
    name: "lost-roommates-stay",
    summary: "Clients are not told with whom they share no room any more",
    requirement: "FED-E2C-014",
  },
  {
    name: "keys-changes-empty",
    summary: "What changed between two moments is answered with nothing",
    requirement: "FED-E2C-017",
  },
];

/** Faults in what is answered about keys. */
const KEY_DEFECTS: readonly Defect[] = [
  { name: "keys-query-ignores-selection", summary: "Who asks for one device is given all", requirement: "FED-E2K-002" },
  {
    name: "drops-unknown-key-members",
    summary: "Members of device keys that the server does not know are left out",
    requirement: "FED-E2K-003",
  },
  {
    name: "no-remote-queries",
    summary: "Questions about keys of other servers' users are not passed on",
    requirement: "FED-E2K-017",
    alsoBreaks: alsoBreaks("nobody can encrypt for whom they know no device of", "devices/*", "encryption/*"),
  },
  {
    name: "alters-relayed-keys",
    summary: "Device keys of remote users reach clients without the members that the server does not know",
    requirement: "FED-E2K-017",
  },
  {
    name: "unknown-user-fails-query",
    summary: "One user who is not there makes a whole question about keys fail",
    requirement: "FED-E2K-008",
  },
  {
    name: "empty-keys-answer",
    summary: "Without any device, an answer about keys lacks its member for them",
    requirement: "FED-E2K-016",
  },
  {
    name: "claim-drops-signatures",
    summary: "One-time keys are given out without their signatures",
    requirement: "FED-E2K-014",
    alsoBreaks: [{ scenarios: ["attacks/ghost-on-the-line"], because: "nobody encrypts for a key that is not signed" }],
  },
  {
    name: "claims-several-keys",
    summary: "A claim of one key is answered with all that there are",
    requirement: "FED-E2K-009",
  },
  {
    name: "claim-without-keys-fails",
    summary: "A claim for a device without keys is answered with an error",
    requirement: "FED-E2K-013",
  },
  {
    name: "hides-failed-claims",
    summary: "Clients are not told which server gave no one-time keys",
    requirement: "FED-E2C-009",
  },
  {
    name: "one-time-key-counts-stay",
    summary: "Claimed one-time keys are counted as if they were there",
    requirement: "FED-E2C-001",
  },
  {
    name: "replaces-one-time-keys",
    summary: "A one-time key can be replaced by another of the same id",
    requirement: "FED-E2C-003",
  },
  { name: "keeps-first-fallback-key", summary: "A fallback key cannot be replaced", requirement: "FED-E2C-004" },
  {
    name: "fallback-key-first",
    summary: "The fallback key is given out while there are one-time keys",
    requirement: "FED-E2C-006",
  },
  {
    name: "fallback-key-never-used",
    summary: "A fallback key that was given out counts as unused",
    requirement: "FED-E2C-012",
  },
  {
    name: "keeps-keys-of-deleted-devices",
    summary: "One-time keys of deleted devices are still given out",
    requirement: "FED-E2C-028",
  },
  {
    name: "accepts-foreign-device-keys",
    summary: "A device may upload keys that name another device",
    requirement: "FED-E2C-002",
  },
];

/** Faults with cross-signing keys and signatures. */
const IDENTITY_DEFECTS: readonly Defect[] = [
  {
    name: "late-self-signing-key-untold",
    summary: "A self-signing key that comes after the master key is told to nobody",
    requirement: "FED-XSK-001",
  },
  {
    name: "replaces-identity-unasked",
    summary: "Cross-signing keys can be replaced without the password",
    requirement: "FED-E2C-021",
  },
  {
    name: "asks-password-for-first-identity",
    summary: "The first cross-signing keys of an account need the password",
    requirement: "FED-E2C-022",
  },
  {
    name: "takes-unsigned-cross-signing-keys",
    summary: "A self-signing key need not be signed by the master key",
    requirement: "FED-E2C-023",
  },
  {
    name: "identity-without-master-key",
    summary: "A self-signing key is taken, and dropped, where there is no master key",
    requirement: "FED-E2C-024",
  },
  {
    name: "takes-keys-named-like-devices",
    summary: "A cross-signing key is taken that is called like one of its user's devices",
    requirement: "FED-E2C-025",
  },
  {
    name: "opens-devices-named-like-keys",
    summary: "Users may log in on a device that is called like one of their cross-signing keys",
    requirement: "FED-E2C-025",
  },
  {
    name: "takes-any-signature",
    summary: "Signatures that do not hold are taken and given out",
    requirement: "FED-E2C-026",
  },
  {
    name: "forgets-signatures",
    summary: "Uploaded signatures are dropped",
    requirement: "FED-E2C-027",
    alsoBreaks: alsoBreaks("nobody is seen to be confirmed", "encryption/*"),
  },
  {
    name: "shows-user-signing-keys",
    summary: "Users are shown the user-signing keys of others",
    requirement: "FED-E2C-019",
  },
];

/** Faults with messages to devices. */
const MESSAGE_DEFECTS: readonly Defect[] = [
  {
    name: "to-device-out-of-order",
    summary: "Messages to a device are delivered the newest first",
    requirement: "FED-TODEV-006",
  },
  {
    name: "to-device-kept-after-delivery",
    summary: "Messages to a device are delivered again after they were received",
    requirement: "FED-TODEV-007",
  },
  {
    name: "to-device-all-at-once",
    summary: "All messages that wait for a device come in one answer, however many",
    requirement: "FED-TODEV-008",
  },
  {
    name: "to-device-shows-more",
    summary: "Clients are given messages to devices with members that are not theirs",
    requirement: "FED-TODEV-011",
  },
  {
    name: "unknown-device-loses-message",
    summary: "A message that is also for a device that is not there reaches no device",
    requirement: "FED-TODEV-010",
  },
  {
    name: "wildcard-reaches-one-device",
    summary: "A message to all of a user's devices reaches one of them",
    requirement: "FED-TODEV-005",
  },
  {
    name: "to-device-omits-type",
    summary: "Messages to devices of other servers lose their type",
    requirement: "FED-TODEV-002",
    alsoBreaks: alsoBreaks("keys that have lost their type are not taken", "encryption/*"),
  },
];

/** Faults that scenarios about devices and encryption must notice. */
export const ENCRYPTION_DEFECTS: readonly Defect[] = [
  ...LIST_DEFECTS,
  ...KEY_DEFECTS,
  ...IDENTITY_DEFECTS,
  ...MESSAGE_DEFECTS,
  ...BACKUP_DEFECTS,
];
