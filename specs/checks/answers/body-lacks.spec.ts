import { bodyLacks } from "../../../src/checks/answers/body-lacks.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { describeCheck, type JudgedStory } from "../../support/judged-story.js";

const target = "/_matrix/federation/v1/hierarchy/%21r";
const told = (answer: JsonObject) => (story: JudgedStory) => story.answer({ target, answer });
const rooms = { children: [{ room_id: "!a", name: "A" }, { room_id: "!b" }], inaccessible_children: ["!c"] };
const wanted = { at: "/children", item: { room_id: "!c" } };

describe("checks/body-lacks", () => {
  describeCheck(bodyLacks, [
    ["no such item", told(rooms), wanted, true, "0 of its 2 items do"],
    ["an empty list", told({ children: [] }), wanted, true, "0 of its 0 items do"],
    [
      "such an item, with more in it",
      told(rooms),
      { at: "/children", item: { room_id: "!a" } },
      false,
      "1 of its 2 items do",
    ],
    ["such a value", told(rooms), { at: "/inaccessible_children", item: "!c" }, false, "1 of its 1 items do"],
    ["no list", told({}), wanted, false, "200, no list there"],
    ["no response", () => undefined, wanted, "unknown", "the step recorded no response"],
  ]);
});
