import { expect } from "chai";
import { complaintsAfter } from "../support/complaints.js";

/** What the schema finds: each with its place and, for slips of the pen, what was meant. */
describe("scenario/validate", () => {
  const CASES: readonly (readonly [what: string, from: string, to: string, complaint: string])[] = [
    ["an unknown step", "do: join", "do: jion", "16:9: unknown step `jion`; did you mean `join`?"],
    ["a step that is like no other", "do: join", "do: teleport", "16:9: unknown step `teleport`"],
    ["an unknown check", "check: refused", "check: refusd", "21:18: unknown check `refusd`; did you mean `refused`?"],
    ["an unknown behaviour", "name: silent", "name: silnt", "9:61: unknown behaviour `silnt`; did you mean `silent`?"],
    ["a call without a verb", "    do: join\n", "", "14:5: a step needs `do`, the name of a step"],
    [
      "an argument too much",
      "via: owner",
      "vai: owner",
      "19:5: item 1 of `steps` does not know `vai`; did you mean `via`?",
    ],
    ["an argument missing", "    room: hall\n", "", "14:5: `join` needs `room`"],
    ["an argument of the wrong kind", "status: 403", "status: forbidden", "21:35: `status` must be integer"],
    [
      "an argument beyond its choices",
      "preset: private",
      "preset: secret",
      '12:82: `preset` must be one of "public", "private"',
    ],
    ["no level", ", must: FED-JOIN-001", "", "21:9: an expectation has exactly one of `must`, `should`, `may`"],
    [
      "two levels",
      "must: FED-JOIN-001,",
      "must: FED-JOIN-001, may: FED-JOIN-003,",
      "21:9: an expectation has exactly one of `must`, `should`, `may`",
    ],
    ["an expectation that nobody owes", ", of: owner }", " }", "21:9: `refused` needs `of`"],
    [
      "an unknown key of the file",
      "title: Strangers",
      "titel: x\ntitle: Strangers",
      "2:1: the scenario does not know `titel`; did you mean `title`?",
    ],
    ["a missing key of the file", "title: Strangers are turned away\n", "", "1:1: the scenario needs `title`"],
    ["an unknown room version", '["10", "11"]', '["10", "99"]', "6:32: item 2 of `room_version` must be one of"],
    ["a room version twice", '["10", "11"]', '["10", "10"]', "6:25: `room_version` must NOT have duplicate items"],
    [
      "an unknown seat kind",
      "kind: target",
      "kind: targte",
      '8:18: `kind` must be one of "target", "peer"; did you mean `target`?',
    ],
    ["an unknown endpoint group", "allows: [join]", "allows: [joins]", "9:33: item 1 of `allows` must be one of"],
    ["a name that is none", "june: {", "June Bug: {", "10:32: `June Bug` cannot be a name"],
    ["an id that is none", "id: joining/refused", "id: joining", "1:5: `id` must match pattern"],
    ["a deadline without a unit", "seats:", 'deadline: "30"\nseats:', "7:11: `deadline` must match pattern"],
    ["an unknown impact", "of: owner }", "of: owner, impact: huge }", "21:79: `impact` must be one of"],
  ];

  for (const [what, from, to, complaint] of CASES) {
    it(`reports ${what}`, () => {
      const complaints = complaintsAfter([from, to]);
      expect(complaints).to.have.length(1);
      expect(complaints[0]?.slice(0, complaint.length)).to.equal(complaint);
    });
  }

  it("reports everything at once, in the order of the file", () => {
    const complaints = complaintsAfter(["do: join", "do: jion"], ["kind: target", "kind: targte"]);
    expect(complaints.map((line) => line.split(":")[0])).to.deep.equal(["8", "16"]);
  });
});
