import type { Defect } from "./defect.js";

/** Faults with EDUs in general, and with typing, receipts and presence. */
const EPHEMERAL_DEFECTS: readonly Defect[] = [
  {
    name: "unknown-edu-fails-transaction",
    summary: "An EDU of an unknown type is answered with an error for its whole transaction",
    requirement: "FED-EDU-002",
  },
  {
    name: "stops-at-broken-edu",
    summary: "EDUs that stand after a broken one in a transaction are passed over",
    requirement: "FED-EDU-003",
  },
  { name: "drops-typing", summary: "Other servers are never told that a local user types", requirement: "FED-TYP-002" },
  {
    name: "ignores-received-typing",
    summary: "Typing notifications of other servers do not reach clients",
    requirement: "FED-TYP-005",
  },
  {
    name: "accepts-typing-from-wrong-server",
    summary: "A server may say that another server's user types",
    requirement: "FED-TYP-004",
  },
  {
    name: "accepts-typing-from-outside-room",
    summary: "Typing is shown for users who are not in the room",
    requirement: "FED-TYP-003",
  },
  {
    name: "drops-receipts",
    summary: "Other servers are never told what a local user has read",
    requirement: "FED-RCPT-001",
  },
  {
    name: "leaks-private-receipts",
    summary: "Private receipts are sent to other servers as if they were public",
    requirement: "FED-RCPT-002",
  },
  {
    name: "receipt-omits-thread",
    summary: "Receipts lose their thread on the way to other servers",
    requirement: "FED-RCPT-006",
  },
  {
    name: "accepts-receipt-from-wrong-server",
    summary: "A server may set another server's user's receipts",
    requirement: "FED-EDU-004",
  },
  {
    name: "drops-presence",
    summary: "Other servers are never told of a local user's presence",
    requirement: "FED-PRES-001",
  },
  {
    name: "ignores-received-presence",
    summary: "Presence of other servers' users does not reach clients",
    requirement: "FED-PRES-004",
  },
  {
    name: "accepts-presence-for-others",
    summary: "A server may set another server's user's presence",
    requirement: "FED-EDU-004",
  },
];

/** Faults with device lists and keys. */
const DEVICE_DEFECTS: readonly Defect[] = [
  {
    name: "no-device-list-update",
    summary: "Other servers are never told of changed devices",
    requirement: "FED-DEVL-003",
  },
  {
    name: "no-update-for-deleted-device",
    summary: "Other servers are not told that a device is gone",
    requirement: "FED-DEVL-005",
  },
  {
    name: "no-update-for-renamed-device",
    summary: "Other servers are not told that a device has another name",
    requirement: "FED-DEVL-006",
  },
  {
    name: "no-update-for-new-server",
    summary: "A server that comes into a user's room is not told of the user's devices",
    requirement: "FED-DEVL-007",
  },
  {
    name: "device-list-wrong-prev-id",
    summary: "Device list updates name a predecessor that was never sent",
    requirement: "FED-DEVL-011",
  },
  {
    name: "no-resync-on-gap",
    summary: "A device list is not fetched again after a missed update",
    requirement: "FED-DEVL-013",
  },
  {
    name: "ignores-deleted-device",
    summary: "A remote device stays in the list after its deletion",
    requirement: "FED-DEVL-016",
  },
  {
    name: "accepts-device-list-from-wrong-server",
    summary: "A server may change the devices of another server's user",
    requirement: "FED-DEVL-018",
  },
  {
    name: "no-signing-key-update",
    summary: "Other servers are not told of new cross-signing keys",
    requirement: "FED-XSK-001",
  },
  {
    name: "drops-signing-key-update",
    summary: "New cross-signing keys of other servers' users are passed over",
    requirement: "FED-XSK-003",
  },
  {
    name: "accepts-signing-key-from-wrong-server",
    summary: "A server may set the cross-signing keys of another server's user",
    requirement: "FED-XSK-004",
  },
  {
    name: "leaks-user-signing-key",
    summary: "The user-signing key is given to other servers",
    requirement: "FED-E2K-005",
  },
  {
    name: "leaks-others-signatures",
    summary: "Other servers see what other users' user-signing keys have signed",
    requirement: "FED-E2K-006",
  },
  {
    name: "strips-device-signatures",
    summary: "Device keys are given to other servers without their signatures",
    requirement: "FED-E2K-004",
  },
  {
    name: "keys-query-omits-device",
    summary: "Other servers do not learn of a user's first device",
    requirement: "FED-E2K-002",
  },
  {
    name: "answers-keys-of-other-servers-users",
    summary: "Keys are made up for users of other servers",
    requirement: "FED-E2K-007",
  },
  {
    name: "no-remote-claims",
    summary: "Claims of keys of other servers' users are not passed on",
    requirement: "FED-E2K-017",
  },
  {
    name: "hides-unreachable-servers",
    summary: "Clients are not told which server gave no answer about keys",
    requirement: "FED-E2K-018",
  },
  {
    name: "believes-keys-of-third-parties",
    summary: "A server that is asked for keys may give keys of another server's users",
    requirement: "FED-E2K-019",
  },
  {
    name: "claims-key-twice",
    summary: "The same one-time key is given out again and again",
    requirement: "FED-E2K-010",
  },
  { name: "claims-keys-in-reverse", summary: "The newest one-time key is given out first", requirement: "FED-E2K-011" },
  {
    name: "ignores-fallback-key",
    summary: "Without one-time keys no key is given out, though there is a fallback key",
    requirement: "FED-E2K-012",
  },
  { name: "consumes-fallback-key", summary: "A fallback key is given out once only", requirement: "FED-E2C-005" },
];

/** Faults with messages to devices and with queries. */
const MESSAGE_AND_QUERY_DEFECTS: readonly Defect[] = [
  {
    name: "drops-to-device",
    summary: "Messages to devices of other servers are not sent",
    requirement: "FED-TODEV-001",
  },
  {
    name: "to-device-long-message-id",
    summary: "Messages to devices carry ids longer than allowed",
    requirement: "FED-TODEV-003",
  },
  {
    name: "duplicates-to-device",
    summary: "A message to a device that arrives twice is delivered twice",
    requirement: "FED-TODEV-004",
  },
  {
    name: "ignores-to-device-wildcard",
    summary: "Messages to all of a user's devices reach none",
    requirement: "FED-TODEV-005",
  },
  {
    name: "accepts-to-device-from-wrong-server",
    summary: "A server may send to devices in the name of another server's user",
    requirement: "FED-TODEV-009",
  },
  {
    name: "loses-to-device-in-outage",
    summary: "Messages to devices that could not be sent at once are lost",
    requirement: "FED-TODEV-012",
  },
  {
    name: "directory-omits-servers",
    summary: "Answers about aliases name no servers to join through",
    requirement: "FED-QRY-001",
  },
  {
    name: "directory-unknown-alias-200",
    summary: "An unknown alias is answered with success",
    requirement: "FED-QRY-002",
  },
  {
    name: "profile-ignores-field",
    summary: "The whole profile is given when one field was asked for",
    requirement: "FED-QRY-007",
  },
  {
    name: "profile-answers-other-servers-user",
    summary: "A profile is made up for another server's user",
    requirement: "FED-QRY-010",
  },
  {
    name: "profile-missing-field-wrong",
    summary: "A field that is not set is answered as if it were empty",
    requirement: "FED-QRY-009",
  },
  {
    name: "profile-unknown-user-200",
    summary: "A user who does not exist is given an empty profile",
    requirement: "FED-QRY-011",
  },
  {
    name: "no-remote-profiles",
    summary: "Profiles of other servers' users are not asked for",
    requirement: "FED-QRY-014",
  },
  {
    name: "no-remote-aliases",
    summary: "Aliases of other servers are not resolved",
    requirement: "FED-QRY-004",
  },
  {
    name: "unknown-query-200",
    summary: "A query of an unknown kind is answered with success",
    requirement: "FED-QRY-015",
  },
];

/** Faults in what the client API carries over federation besides rooms. */
export const CLIENT_DEFECTS: readonly Defect[] = [
  ...EPHEMERAL_DEFECTS,
  ...DEVICE_DEFECTS,
  ...MESSAGE_AND_QUERY_DEFECTS,
];
