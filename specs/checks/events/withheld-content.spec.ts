import { withholds } from "../../../src/checks/events/withheld-content.js";
import { redact } from "../../../src/matrix/events/redaction.js";
import type { JsonValue } from "../../../src/matrix/json.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { describeCheck, type JudgedStory } from "../../support/judged-story.js";
import { TravelledRoom } from "../../support/travelled-room.js";

const ROOM = new TravelledRoom();
const target = "/_matrix/federation/v1/backfill/%21r?v=%24e&limit=10";
const told = (pdus: readonly JsonValue[]) => (story: JudgedStory) =>
  ROOM.tell(story).answer({ target, answer: { pdus } });
const stripped = redact(ROOM.pdu("left") as unknown as Pdu, roomVersionRules("11")) as unknown as JsonValue;

describe("checks/withheld-content", () => {
  const given = { room: "hall", event: "left" };
  describeCheck(withholds, [
    ["other events", told([ROOM.pdu("far")]), given, true, "200, without it"],
    ["its redacted copy", told([stripped]), given, true, "200, with its redacted copy"],
    ["all that it says", told([ROOM.pdu("far"), ROOM.pdu("left")]), given, false, "200, with all that it says"],
    [
      "a refusal",
      (story) => ROOM.tell(story).answer({ target, status: 403, answer: { errcode: "M_FORBIDDEN" } }),
      given,
      true,
      "403 M_FORBIDDEN, without it",
    ],
    [
      "a server that is at its wits' end",
      (story) => ROOM.tell(story).answer({ target, status: 500, answer: { errcode: "M_UNKNOWN" } }),
      given,
      "unknown",
      "500 M_UNKNOWN",
    ],
    ["no response", (story) => ROOM.tell(story), given, "unknown", "the step recorded no response"],
  ]);
});
