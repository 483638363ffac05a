import type { Defect } from "./defect.js";
import { DEVICE_DEFECTS } from "./device-defects.js";

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
    alsoBreaks: [
      {
        scenarios: ["access-lists/within-a-transaction"],
        because: "typing notices show there whether the room was heard",
      },
      { scenarios: ["ephemeral/unknown-kinds"], because: "a typing notice shows there that the rest was heeded" },
    ],
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
    name: "repeats-receipts",
    summary: "With every receipt, other servers are told all earlier ones of the room again",
    requirement: "FED-RCPT-003",
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
    name: "presence-needs-activity",
    summary: "Presence that does not say whether its user is active is passed over",
    requirement: "FED-PRES-002",
  },
  {
    name: "accepts-presence-for-others",
    summary: "A server may set another server's user's presence",
    requirement: "FED-EDU-004",
  },
];

/** Faults with messages to devices and with queries. */
const MESSAGE_AND_QUERY_DEFECTS: readonly Defect[] = [
  {
    name: "drops-to-device",
    summary: "Messages to devices of other servers are not sent",
    requirement: "FED-TODEV-001",
    alsoBreaks: [{ scenarios: ["encryption/*"], because: "keys travel in such messages" }],
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
    alsoBreaks: [{ scenarios: ["transactions/repeated"], because: "its message is for all devices" }],
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
    name: "forgets-queue-on-restart",
    summary: "What waits for other servers is lost when the server is restarted",
    requirement: "FED-TODEV-012",
  },
  {
    name: "forgets-to-device-on-restart",
    summary: "Messages that wait for devices are lost when the server is restarted",
    requirement: "FED-TODEV-006",
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
    alsoBreaks: [{ scenarios: ["server-discovery/*"], because: "a profile is asked for to see how a server is found" }],
  },
  {
    name: "profiles-need-a-known-time-zone",
    summary: "A profile from another server is refused whole when its time zone is none that is known",
    requirement: "FED-QRY-013",
  },
  {
    name: "no-remote-aliases",
    summary: "Aliases of other servers are not resolved",
    requirement: "FED-QRY-004",
    alsoBreaks: [{ scenarios: ["inviting/finding-the-way-in"], because: "one of its users joins by such an alias" }],
  },
  {
    name: "unknown-query-200",
    summary: "A query of an unknown kind is answered with success",
    requirement: "FED-QRY-015",
  },
];

/** Faults in what the client API carries over federation besides rooms; each is shown by a case of its own, without a scenario. */
export const CLIENT_DEFECTS: readonly Defect[] = [
  ...EPHEMERAL_DEFECTS,
  ...DEVICE_DEFECTS,
  ...MESSAGE_AND_QUERY_DEFECTS,
];
