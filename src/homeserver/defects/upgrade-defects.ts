import type { Defect } from "./defect.js";

/** Faults in putting rooms into other versions, and in whom new rooms trust. */
export const UPGRADE_DEFECTS: readonly Defect[] = [
  {
    name: "trusts-no-guest-as-creator",
    summary: "Those whom a room for trusted guests invites are no creators of it",
    requirement: "FED-RV12-005",
  },
  {
    name: "upgrade-copies-creators",
    summary: "The further creators of a room are creators of its replacement without having been named",
    requirement: "FED-RV12-015",
  },
  {
    name: "upgrade-ignores-further-creators",
    summary: "The creators that a user names for the replacement of a room are forgotten",
    requirement: "FED-RV12-015",
  },
  {
    name: "anybody-may-upgrade",
    summary: "Rooms are replaced for users who may not replace them",
    requirement: "FED-RV12-017",
  },
  {
    name: "checks-power-to-upgrade-last",
    summary: "Whether a user may replace a room is looked at when its addresses have moved already",
    requirement: "FED-RV12-018",
  },
  {
    name: "upgrade-forgets-predecessor",
    summary: "The replacement of a room does not name the room that it replaces",
    requirement: "FED-RV12-018",
  },
  {
    name: "upgrade-forgets-type",
    summary: "The replacement of a room is not of its type",
    requirement: "FED-RV12-018",
  },
  {
    name: "upgrade-leaves-state",
    summary: "The replacement of a room begins without the old one's state",
    requirement: "FED-RV12-018",
  },
  {
    name: "upgrade-leaves-aliases",
    summary: "Addresses of a room that was replaced lead to the old room",
    requirement: "FED-RV12-018",
  },
  {
    name: "upgrade-without-tombstone",
    summary: "The old room does not say that it was replaced",
    requirement: "FED-RV12-018",
  },
];
