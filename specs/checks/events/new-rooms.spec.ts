import { createMakesRoomId, takesMorePower } from "../../../src/checks/events/new-rooms.js";
import { roomIdOfCreate } from "../../../src/matrix/events/hashes.js";
import { completeEvent } from "../../../src/matrix/events/sign.js";
import type { JsonObject, JsonValue } from "../../../src/matrix/json.js";
import { signingKey } from "../../../src/matrix/keys.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { ONE } from "../../support/exchanges.js";
import { describeCheck, type JudgedStory } from "../../support/judged-story.js";

const RULES = roomVersionRules("12");
const KEY = signingKey(new Uint8Array(32).fill(7), "p1");
const target = "/_matrix/federation/v1/state/%21r?event_id=%24e";

const written = (more: JsonObject): Pdu =>
  completeEvent(
    {
      type: "m.room.create",
      state_key: "",
      sender: `@ann:${ONE.name}`,
      content: { room_version: "12" },
      origin_server_ts: 1,
      depth: 1,
      prev_events: [],
      auth_events: [],
      hashes: {},
      signatures: {},
      ...more,
    } as unknown as Pdu,
    RULES,
    ONE.name,
    KEY,
  );
const create = written({});
const named = written({ room_id: "!other" });
const roomId = roomIdOfCreate(create, RULES);
const levels = (content: JsonObject): JsonValue => ({ ...create, type: "m.room.power_levels", content }) as JsonObject;

const told =
  (...state: readonly unknown[]) =>
  (story: JudgedStory) =>
    story
      .bind("hall", { kind: "room", roomId, version: "12" })
      .answer({ target, answer: { pdus: state as JsonValue[], auth_chain: [] } as JsonObject });
const unanswered = (story: JudgedStory) => story.bind("hall", { kind: "room", roomId, version: "12" });
const NO_RESPONSE = "the step recorded no response";

describe("checks/new-rooms", () => {
  const room = { room: "hall" };
  describeCheck(createMakesRoomId, [
    ["the event that the room id names", told(create), room, true, `$${roomId.slice(1)}`],
    ["another first event", told(written({ depth: 2 })), room, false, /^\$/],
    ["a first event that names a room", told(named), room, false, / with a room_id$/],
    ["none", told(), room, false, "no create event"],
    ["no response", unanswered, room, "unknown", NO_RESPONSE],
  ]);

  const tombstone = { type: "m.room.tombstone" };
  describeCheck(takesMorePower, [
    [
      "more than state",
      told(levels({ events: { "m.room.tombstone": 51 } })),
      tombstone,
      true,
      "51, where state_default is 50",
    ],
    [
      "just as much",
      told(levels({ events: { "m.room.tombstone": 60 }, state_default: 60 })),
      tombstone,
      false,
      "60, where state_default is 60",
    ],
    ["nothing in particular", told(levels({})), tombstone, false, "undefined, where state_default is 50"],
    ["no power levels", told(create), tombstone, false, "no power levels"],
    ["no response", unanswered, tombstone, "unknown", NO_RESPONSE],
  ]);
});
