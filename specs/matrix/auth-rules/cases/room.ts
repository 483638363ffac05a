import { ADMIN, type AuthCase, CREATOR, MEMBER, member, REMOTE, STRANGER } from "../../../support/auth-case.js";

const message = { type: "m.room.message", sender: MEMBER };
const closed = {
  type: "m.room.create",
  state_key: "",
  sender: CREATOR,
  content: { creator: CREATOR, "m.federate": false },
};
const aliases = { type: "m.room.aliases", sender: STRANGER };

export const ROOM_CASES: readonly AuthCase[] = [
  {
    rule: "FED-AR-008",
    allowed: false,
    when: "the room id names another event than the create event",
    versions: "12",
    event: { ...message, room_id: "!elsewhere" },
  },
  {
    rule: "FED-AR-008",
    allowed: false,
    when: "there is no create event",
    versions: "12",
    event: message,
    without: ["m.room.create"],
  },
  {
    rule: "FED-AR-012",
    allowed: false,
    when: "there is no create event",
    versions: "1-11",
    event: message,
    without: ["m.room.create"],
  },
  {
    rule: "FED-AR-014",
    allowed: false,
    when: "the room does not federate and the sender is elsewhere",
    versions: "1-12",
    event: { ...message, sender: REMOTE },
    state: [closed],
  },
  {
    rule: "FED-AR-079",
    allowed: true,
    when: "the room does not federate and the sender is on the creator's server",
    versions: "1-12",
    event: message,
    state: [closed],
  },
  { rule: "FED-AR-015", allowed: false, when: "an aliases event has no state_key", versions: "1-5", event: aliases },
  {
    rule: "FED-AR-016",
    allowed: false,
    when: "an aliases event is of another server",
    versions: "1-5",
    event: { ...aliases, state_key: "a.example" },
  },
  {
    rule: "FED-AR-017",
    allowed: true,
    when: "someone who is not in the room sets their server's aliases",
    versions: "1-5",
    event: { ...aliases, state_key: "c.example" },
  },
  {
    rule: "FED-AR-058",
    allowed: false,
    when: "someone who is not in the room sets their server's aliases",
    versions: "6-12",
    event: { ...aliases, state_key: "c.example" },
  },
  {
    rule: "FED-AR-079",
    allowed: true,
    when: "an administrator sets another server's aliases",
    versions: "6-12",
    event: { ...aliases, sender: ADMIN, state_key: "c.example" },
  },
  {
    rule: "FED-AR-018",
    allowed: false,
    when: "a member event has no state_key",
    versions: "1-12",
    event: { type: "m.room.member", content: { membership: "join" } },
  },
  {
    rule: "FED-AR-018",
    allowed: false,
    when: "a member event has no membership",
    versions: "1-12",
    event: { type: "m.room.member", state_key: ADMIN },
  },
  {
    rule: "FED-AR-057",
    allowed: false,
    when: "a membership is unknown",
    versions: "1-12",
    event: member(MEMBER, "lurk"),
  },
  {
    rule: "FED-AR-057",
    allowed: false,
    when: "someone knocks where knocking is unknown",
    versions: "1-6",
    event: member(STRANGER, "knock"),
  },
];
