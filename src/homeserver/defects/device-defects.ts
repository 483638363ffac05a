import type { Defect } from "./defect.js";

/** Faults with device lists and keys. */
export const DEVICE_DEFECTS: readonly Defect[] = [
  {
    name: "no-device-list-update",
    summary: "Other servers are never told of changed devices",
    requirement: "FED-DEVL-003",
    alsoBreaks: [{ scenarios: ["devices/*", "encryption/*"], because: "what is not told is known to nobody" }],
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
    alsoBreaks: [{ scenarios: ["encryption/*"], because: "an identity that is not told is not seen" }],
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
    alsoBreaks: [{ scenarios: ["encryption/*"], because: "a device without its signature is not believed" }],
  },
  {
    name: "keys-query-omits-device",
    summary: "Other servers do not learn of a user's first device",
    requirement: "FED-E2K-002",
    alsoBreaks: [{ scenarios: ["encryption/*"], because: "nobody encrypts for a device that is left out" }],
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
    alsoBreaks: [{ scenarios: ["encryption/*"], because: "without a key no session begins" }],
  },
  {
    name: "hides-unreachable-servers",
    summary: "Clients are not told which server gave no answer about keys",
    requirement: "FED-E2K-018",
    alsoBreaks: [
      { scenarios: ["encryption/impatient-question"], because: "a server that keeps silent is to be named there" },
    ],
  },
  {
    name: "ignores-time-limits-of-clients",
    summary:
      "However short a time clients give for a question about keys, other servers are waited for as long as ever",
    requirement: "FED-E2C-010",
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
