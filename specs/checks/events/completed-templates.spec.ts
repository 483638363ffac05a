import { datesTemplate, keepsTemplate } from "../../../src/checks/events/completed-templates.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { NOW } from "../../support/exchanges.js";
import { describeCheck, JOINER, type JudgedStory } from "../../support/judged-story.js";

const TEMPLATE = { depth: 7, prev_events: ["$p"], origin_server_ts: 1 };
const given = { from: "resident", to: "joiner", membership: "join" };
const kept = { ...given, members: ["depth", "prev_events"] };
const handedIn = (event: JsonObject) => (story: JudgedStory) => {
  story.exchange({ to: JOINER, target: "/_matrix/federation/v1/make_join/!r/@u?ver=11", answer: { event: TEMPLATE } });
  story.exchange({ method: "PUT", to: JOINER, target: "/_matrix/federation/v2/send_join/!r/$e", body: event });
};
const nothing = () => undefined;

describe("checks/completed-templates", () => {
  describeCheck(keepsTemplate, [
    ["all as it was", handedIn({ ...TEMPLATE, origin_server_ts: NOW }), kept, true, "it has"],
    ["another depth", handedIn({ ...TEMPLATE, depth: 8 }), kept, false, "depth is 8, was 7"],
    ["no depth", handedIn({ prev_events: ["$p"] }), kept, false, "depth is null, was 7"],
    ["what the template lacks too", handedIn(TEMPLATE), { ...kept, members: ["room_id"] }, true, "it has"],
    ["nothing handed in", nothing, kept, "unknown", "none was handed in"],
  ]);

  describeCheck(datesTemplate, [
    ["now", handedIn({ ...TEMPLATE, origin_server_ts: NOW }), given, true, /^origin_server_ts 17/],
    ["as the template", handedIn(TEMPLATE), given, false, /^origin_server_ts 1, /],
    ["no time", handedIn({ depth: 7 }), given, false, /^origin_server_ts null, /],
    ["nothing handed in", nothing, given, "unknown", "none was handed in"],
  ]);
});
