import { ADMIN, type AuthCase, CREATOR } from "../../../support/auth-case.js";

const create = { type: "m.room.create", state_key: "", sender: CREATOR };
const content = { creator: CREATOR };

export const CREATE_CASES: readonly AuthCase[] = [
  {
    rule: "FED-AR-001",
    allowed: false,
    when: "a create event follows another event",
    versions: "1-12",
    event: { ...create, content, prev: ["$before"] },
  },
  {
    rule: "FED-AR-002",
    allowed: false,
    when: "the room id is of another server than the creator",
    versions: "1-11",
    event: { ...create, content, room_id: "!room:b.example" },
  },
  {
    rule: "FED-AR-002",
    allowed: false,
    when: "the room id is missing where it must carry a domain",
    versions: "1-11",
    event: { ...create, content, room_id: undefined },
  },
  {
    rule: "FED-AR-003",
    allowed: false,
    when: "a create event carries a room id that should follow from it",
    versions: "12",
    event: { ...create, content, room_id: "!create" },
  },
  ...["77", "", "org.example.odd"].map(
    (room_version): AuthCase => ({
      rule: "FED-AR-004",
      allowed: false,
      when: `the room version is ${JSON.stringify(room_version)}`,
      versions: "1-12",
      event: { ...create, content: { ...content, room_version } },
    }),
  ),
  {
    rule: "FED-AR-004",
    allowed: false,
    when: "the room version is a number",
    versions: "1-12",
    event: { ...create, content: { ...content, room_version: 9 } },
  },
  {
    rule: "FED-AR-005",
    allowed: false,
    when: "content names no creator",
    versions: "1-10",
    event: { ...create, content: { room_version: "1" } },
  },
  { rule: "FED-AR-007", allowed: true, when: "content names no creator", versions: "11-12", event: create },
  ...[ADMIN, [ADMIN, 5], [ADMIN, "admin"], ["@admin"], {}, null].map(
    (additional_creators): AuthCase => ({
      rule: "FED-AR-006",
      allowed: false,
      when: `additional_creators is ${JSON.stringify(additional_creators)}`,
      versions: "12",
      event: { ...create, content: { additional_creators } },
    }),
  ),
  ...[[], [ADMIN], ["@Old Style!:b.example"]].map(
    (additional_creators): AuthCase => ({
      rule: "FED-AR-007",
      allowed: true,
      when: `additional_creators is ${JSON.stringify(additional_creators)}`,
      versions: "12",
      event: { ...create, content: { additional_creators } },
    }),
  ),
  {
    rule: "FED-AR-007",
    allowed: true,
    when: "additional_creators is nonsense in a version that does not know it",
    versions: "1-11",
    event: { ...create, content: { ...content, additional_creators: 5 } },
  },
  {
    rule: "FED-AR-007",
    allowed: true,
    when: "a create event is as it should be",
    versions: "1-12",
    event: { ...create, content: { ...content, room_version: "6" } },
  },
];
