import type { Defect } from "./defect.js";
import { FORM_DEFECTS } from "./form-defects.js";
import { HISTORY_DEFECTS } from "./history-defects.js";
import { REJECTION_DEFECTS } from "./rejection-defects.js";

/** Faults in making events and in the checks on receipt. */
export const EVENT_DEFECTS: readonly Defect[] = [
  ...FORM_DEFECTS,
  ...REJECTION_DEFECTS,
  ...HISTORY_DEFECTS,
  {
    name: "skips-event-format-check",
    summary: "Events that do not fit the format of their room version are taken in",
    requirement: "FED-PDU-001",
  },
  {
    name: "skips-event-signature-check",
    summary: "Events are taken in without looking at their signatures",
    requirement: "FED-PDU-003",
  },
  {
    name: "keeps-content-on-hash-mismatch",
    summary: "Content that does not fit its hash is shown as if it did",
    requirement: "FED-PDU-004",
  },
  {
    name: "drops-instead-of-redacts",
    summary: "Events with a wrong content hash are thrown away instead of being redacted",
    requirement: "FED-PDU-004",
  },
  {
    name: "skips-auth-rules",
    summary: "Every well-formed event is accepted, whoever sent it",
    requirement: "FED-PDU-006",
  },
  {
    name: "skips-auth-events-check",
    summary: "The list of events that authorise an event may hold anything",
    requirement: "FED-AR-010",
  },
  {
    name: "skips-soft-failure",
    summary: "Events that the current state forbids are shown when they cite an older state",
    requirement: "FED-PDU-007",
  },
  { name: "ignores-power-levels", summary: "Everybody in a room may do everything", requirement: "FED-AR-060" },
  { name: "ignores-ban", summary: "Banned users are treated as if they had only left", requirement: "FED-AR-022" },
  { name: "no-join-rule-check", summary: "Every room can be entered as if it were public", requirement: "FED-AR-030" },
  {
    name: "wrong-content-hash",
    summary: "Events carry a content hash that is not theirs",
    requirement: "FED-SIGN-001",
  },
  {
    name: "signs-unredacted-event",
    summary: "Events are signed whole instead of in their redacted form",
    requirement: "FED-SIGN-003",
  },
  {
    name: "prev-events-only-one",
    summary: "New events follow only one of the newest events",
    requirement: "FED-PDU-013",
  },
  { name: "wrong-depth", summary: "New events do not count how deep in the room they are", requirement: "FED-PDU-014" },
  {
    name: "auth-events-missing-power-levels",
    summary: "New events do not cite the power levels",
    requirement: "FED-PDU-016",
  },
  {
    name: "v12-create-in-auth-events",
    summary: "New events cite the create event where the room id already names it",
    requirement: "FED-PDU-017",
  },
  {
    name: "lists-create-room-id",
    summary: "Create events carry a room id where it follows from the event itself",
    requirement: "FED-RV12-002",
  },
  { name: "ignores-redactions", summary: "Redactions have no effect", requirement: "FED-RED-021" },
  {
    name: "strips-too-much",
    summary: "Redacting an event also takes away what its room version keeps",
    requirement: "FED-RED-017",
  },
  { name: "applies-any-redaction", summary: "Redactions take effect whoever sent them", requirement: "FED-RED-026" },
  {
    name: "shows-any-redaction",
    summary: "Redactions are shown before they are known to be right",
    requirement: "FED-RED-024",
  },
];
