import type { Defect } from "./defect.js";
import { SEALING_DEFECTS } from "./sealing-defects.js";

/** Faults in judging the form and the origin of events, and in keeping to both in one's own. */
export const FORM_DEFECTS: readonly Defect[] = [
  ...SEALING_DEFECTS,
  {
    name: "any-signature-will-do",
    summary: "An event is taken when any server has signed it",
    requirement: "FED-CJ-019",
  },
  {
    name: "every-signature-must-verify",
    summary: "A signature by an unknown key makes an event invalid although another one is sound",
    requirement: "FED-SIGN-009",
  },
  {
    name: "believes-the-deliverer",
    summary: "Events must be signed by whoever delivers them, not by their author's server",
    requirement: "FED-PDU-029",
    alsoBreaks: [
      {
        scenarios: ["keys/third-party-keys"],
        because: "what one server passes on of another is not signed by it",
      },
      {
        scenarios: ["restricted-joins/who-may-vouch"],
        because: "the deliverer's signature also stands for that of the voucher's server",
      },
    ],
  },
  {
    name: "trusts-missing-events",
    summary: "Events that fill a gap are taken in without looking at their signatures",
    requirement: "FED-PDU-003",
  },
  {
    name: "trusts-earlier-history",
    summary: "History fetched later is taken in without looking at its signatures",
    requirement: "FED-BF-009",
  },
  {
    name: "trusts-told-state",
    summary: "The state that is told where a gap cannot be filled is taken in without looking at its signatures",
    requirement: "FED-PDU-003",
  },
  {
    name: "trusts-told-auth-chains",
    summary: "The chain of events that authorise an event is taken in without looking at its signatures",
    requirement: "FED-EA-003",
  },
  {
    name: "takes-any-numbers",
    summary: "Events may hold numbers that have no canonical form, in every room version",
    requirement: "FED-CJ-013",
  },
  {
    name: "takes-half-characters",
    summary: "Events may hold texts with half a character, and numbers without a canonical form",
    requirement: "FED-CJ-028",
  },
  {
    name: "strict-numbers-in-old-rooms",
    summary: "Events of old rooms are thrown away for numbers that are legal there",
    requirement: "FED-CJ-011",
  },
  { name: "no-event-size-limit", summary: "Events of any size are taken in", requirement: "FED-ID-012" },
  {
    name: "identifiers-in-characters",
    summary: "Identifiers are measured in characters instead of bytes",
    requirement: "FED-ID-016",
  },
  {
    name: "no-reference-limits",
    summary: "Events may follow and cite any number of events",
    requirement: "FED-RVF-010",
  },
  {
    name: "reference-limits-in-history",
    summary: "Old events that follow too many others are missing from history",
    requirement: "FED-BF-005",
  },
  {
    name: "takes-claimed-event-ids",
    summary: "Events get the id that they claim where it follows from the event",
    requirement: "FED-RVF-034",
  },
  {
    name: "one-good-signature-suffices",
    summary: "One sound signature of a server makes up for false ones beside it",
    requirement: "FED-SIGN-010",
  },
  {
    name: "policy-signatures-must-verify",
    summary: "A signature that stands under the name of a policy server's key is checked like others",
    requirement: "FED-SIGN-013",
  },
  {
    name: "ids-without-hashes",
    summary: "Events with a wrong content hash are named as if they had none",
    requirement: "FED-SIGN-017",
  },
  {
    name: "strips-unknown-hashes",
    summary: "An event with a hash of an unknown kind beside the right one loses its content",
    requirement: "FED-SIGN-023",
  },
  {
    name: "refuses-padded-hashes",
    summary: "An event whose content hash is in padded base64 loses its content",
    requirement: "FED-CJ-024",
  },
  { name: "hashes-optional", summary: "Events need no content hash", requirement: "FED-RVF-011" },
  { name: "depth-optional", summary: "Events need not say how deep in the room they are", requirement: "FED-RVF-006" },
  { name: "any-depth-will-do", summary: "Events may claim any depth, also none", requirement: "FED-RVF-008" },
  {
    name: "shows-unsigned-of-others",
    summary: "What other servers add to an event unsigned is shown to users",
    requirement: "FED-PDU-031",
  },
  { name: "shows-repeated-events", summary: "An event that comes again is shown again", requirement: "FED-PDU-028" },
  {
    name: "follows-all-branches-at-once",
    summary: "New events follow all newest events, however many there are",
    requirement: "FED-RVF-010",
  },
  {
    name: "depth-without-ceiling",
    summary: "New events go deeper than their room version allows",
    requirement: "FED-RVF-019",
  },
  { name: "sends-oversized-events", summary: "Events of any size are sent", requirement: "FED-ID-012" },
  {
    name: "sends-any-numbers",
    summary: "Users may send numbers that have no canonical form",
    requirement: "FED-CJ-014",
    alsoBreaks: [
      {
        scenarios: ["room-version-12/made-by-a-server"],
        because: "it makes a room with a power level beyond all numbers",
      },
    ],
  },
];
