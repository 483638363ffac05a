import { expect } from "chai";
import { parseScenario } from "../../src/scenario/read-scenario.js";
import { CATALOGUE, SCENARIO } from "../support/catalogue.js";
import { complaints, complaintsAfter } from "../support/complaints.js";

const ref = (name: string) => `\${${name}}`;

/** What the schema cannot see. */
describe("scenario/references", () => {
  const CASES: readonly (readonly [what: string, from: string, to: string, complaint: string])[] = [
    [
      "an id that is not the file's place",
      "joining/refused",
      "joining/other",
      "1:5: `id` must end as the file's place does: `joining/refused`, not `joining/other`",
    ],
    [
      "a cast member at no seat",
      "olivia: { at: owner }",
      "olivia: { at: ownr }",
      "10:23: no seat is called `ownr`; did you mean `owner`?",
    ],
    [
      "a cast member called like a seat",
      "june: { at: guest }",
      "june: { at: guest }, guest: { at: guest }",
      "10:53: `guest` is a seat already",
    ],
    [
      "a target with a peer's keys",
      "owner: { kind: target }",
      "owner: { kind: target, allows: [] }",
      "8:26: only peers have `allows`; `owner` is a target",
    ],
    [
      "an unknown requirement in covers",
      "covers: [FED-JOIN-001]",
      "covers: [FED-JOIN-001, FED-JOIN-901]",
      "5:24: unknown requirement `FED-JOIN-901`; did you mean `FED-JOIN-001`?",
    ],
    [
      "a level that is not the catalogue's",
      "covers: [FED-JOIN-001]",
      "covers: [FED-JOIN-001, FED-XX-001]",
      "5:24: unknown requirement `FED-XX-001`",
    ],
    [
      "an unknown defect",
      "[grants-everything]",
      "[grants-everthing]",
      "22:11: unknown defect `grants-everthing`; did you mean `grants-everything`?",
    ],
    ["no defect at all", "[grants-everything]", "[]", "22:10: `detects` is empty"],
    [
      "an expectation of no seat",
      "of: owner }",
      "of: ownr }",
      "21:64: no seat is called `ownr`; did you mean `owner`?",
    ],
    [
      "an expectation of a peer",
      "of: owner }",
      "of: guest }",
      "21:64: `guest` is a peer: only a server under test owes anything",
    ],
    [
      "a user who is not cast",
      "as: june",
      "as: jane",
      "17:9: nobody of the cast is called `jane`; did you mean `june`?",
    ],
    ["a seat where a user is wanted", "as: june", "as: guest", "17:9: `as` wants one of the cast; `guest` is a seat"],
    [
      "a user where a seat is wanted",
      "via: owner",
      "via: olivia",
      "19:10: `via` wants a seat; `olivia` is one of the cast",
    ],
    [
      "a room that nobody made",
      "room: hall",
      "room: hal",
      "18:11: nothing bound is called `hal`; did you mean `hall`?",
    ],
    [
      "a reference to nothing",
      "title: June",
      `note: "${ref("jun")}"\n    title: June`,
      "15:11: nothing is called `jun`; did you mean `june`?",
    ],
    [
      "an operator in a reference",
      "title: June",
      `note: "${ref("june + 1")}"\n    title: June`,
      `15:11: \`${ref("june + 1")}\` is no name: references know no operators`,
    ],
    [
      "a room version that is not pinned",
      'matrix: { room_version: ["10", "11"] }\n',
      "",
      `11:55: \`${ref("room_version")}\` needs \`matrix: { room_version: [...] }\``,
    ],
  ];

  for (const [what, from, to, complaint] of CASES) {
    it(`reports ${what}`, () => {
      const found = complaintsAfter([from, to]);
      expect(found).to.have.length(1);
      expect(found[0]?.slice(0, complaint.length)).to.equal(complaint);
    });
  }

  it("reports a requirement at another level than the catalogue's", () => {
    expect(complaintsAfter(["must: FED-JOIN-001", "should: FED-JOIN-001"])).to.deep.equal([
      "21:40: `FED-JOIN-001` is a MUST in the catalogue, not a SHOULD; did you mean `must: FED-JOIN-001`?",
    ]);
  });

  it("reports an unknown requirement of an expectation", () => {
    expect(complaintsAfter(["must: FED-JOIN-001", "must: FED-JION-001"])).to.deep.equal([
      "21:46: unknown requirement `FED-JION-001`; did you mean `FED-JOIN-001`?",
    ]);
  });

  it("reports a claim that `covers` does not list; more than the claims may stand there", () => {
    expect(complaintsAfter(["covers: [FED-JOIN-001]", "covers: [FED-JOIN-002]"])).to.deep.equal([
      "21:46: `covers` lacks `FED-JOIN-001`, which this expectation claims",
    ]);
    expect(complaintsAfter(["covers: [FED-JOIN-001]", "covers: [FED-JOIN-002, FED-JOIN-001]"])).to.deep.equal([]);
  });

  it("reports scenarios that test nothing", () => {
    const noTarget = complaintsAfter(["owner: { kind: target }", "owner: { kind: peer }"]);
    expect(noTarget[0]).to.equal("7:1: no seat is a `target`: nothing would be tested");
    const noExpectation = SCENARIO.replace(/ {4}expect:\n.*\n/u, "");
    expect(complaints(noExpectation)).to.deep.equal([
      "13:1: no step has an `expect`: the scenario would prove nothing",
    ]);
  });

  it("reports a name used before it is bound, and one bound twice", () => {
    const early =
      '  - { do: join, as: june, room: hall, id: early }\n  - { do: create-room, as: olivia, id: hall, version: "';
    expect(complaintsAfter(['  - { do: create-room, as: olivia, id: hall, version: "', early])).to.deep.equal([
      "12:33: `hall` is not bound yet: the step that binds it comes later",
    ]);
    const twice = "  - { do: create-room, as: olivia, id: hall }\nsteps:\n";
    expect(complaintsAfter(["steps:\n", twice])).to.deep.equal([
      "13:40: another step is called `hall` already",
      "13:40: `hall` is bound already",
    ]);
    const seat = "  - { do: create-room, as: olivia, id: guest }\nsteps:\n";
    expect(complaintsAfter(["steps:\n", seat])).to.deep.equal(["13:40: `guest` is a seat already"]);
  });

  it("knows names bound as the keys of a map, and those made of a prefix and a count", () => {
    const step = (events: string, deliver: string) =>
      complaintsAfter([
        "steps:\n",
        `steps:\n  - { do: forge, room: hall, events: ${events} }\n  - { do: deliver, to: owner, events: ${deliver} }\n`,
      ]);
    expect(step("{ a: { by: june }, b: { by: june, prev: [a] } }", "[a, b]")).to.deep.equal([]);
    expect(step("{ a: { by: june }, b: { by: juen, prev: [c] } }", "[a, bee]")).to.deep.equal([
      "14:66: nothing is called `juen`; did you mean `june`?",
      "14:79: nothing bound is called `c`; did you mean `a`?",
      "15:43: nothing bound is called `bee`",
    ]);
    const many = "  - { do: send-messages, as: olivia, prefix: churn, count: 2 }\n";
    expect(
      complaintsAfter(["steps:\n", `${many}steps:\n  - { do: deliver, to: owner, events: [churn-2] }\n`]),
    ).to.deep.equal([]);
    expect(
      complaintsAfter(["steps:\n", `${many}steps:\n  - { do: deliver, to: owner, events: [churn-3] }\n`]),
    ).to.deep.equal(["15:40: nothing bound is called `churn-3`; did you mean `churn-1`?"]);
  });

  it("follows a definition's own word on what an argument refers to", () => {
    const ask = (call: string) => complaintsAfter(["steps:\n", `steps:\n  - { do: ask, ${call} }\n`]);
    expect(ask("whom: owner, room: unheard-of")).to.deep.equal([]);
    expect(ask("whom: hall")).to.deep.equal(["14:22: `whom` wants a seat; `hall` is bound to something else"]);
  });

  it("knows the behaviours of peers", () => {
    const behave = (call: string) => complaintsAfter(["steps:\n", `steps:\n  - { do: behave, ${call} }\n`]);
    expect(behave("peer: guest, as: silent, with: { endpoint: state }")).to.deep.equal([]);
    expect(behave("peer: guest, as: silnt")).to.deep.equal([
      "14:36: unknown behaviour `silnt`; did you mean `silent`?",
    ]);
    expect(behave("peer: june, as: stale-keys")).to.deep.equal([
      "14:25: `peer` wants a seat; `june` is one of the cast",
    ]);
  });

  it("knows the arguments of the behaviour that a step names", () => {
    const behave = (call: string) =>
      complaintsAfter(["steps:\n", `steps:\n  - { do: behave, peer: guest, ${call} }\n`]);
    expect(behave("as: stale-keys")).to.deep.equal([]);
    expect(behave("as: silent")[0]).to.contain("needs `with`");
    expect(behave("as: silent, with: {}")[0]).to.contain("needs `endpoint`");
    expect(behave("as: silent, with: { endpiont: state }").join()).to.contain("did you mean `endpoint`?");
    expect(behave("as: stale-keys, with: { endpoint: state }")[0]).to.contain("does not know `endpoint`");
  });

  it("looks at expectations and at the keys of maps as well", () => {
    expect(complaintsAfter(["check: refused, status: 403", "check: client-sees, as: jun"])).to.deep.equal([
      "21:35: nobody of the cast is called `jun`; did you mean `june`?",
    ]);
    const powers = (key: string) => complaintsAfter(["preset: private", `powers: { users: { "${ref(key)}": 50 } }`]);
    expect(powers("june")).to.deep.equal([]);
    expect(powers("jane")).to.deep.equal(["12:93: nothing is called `jane`; did you mean `june`?"]);
  });

  it("binds only the last part of the id to a file that is not below scenarios/", () => {
    expect(parseScenario("/tmp/refused.yaml", SCENARIO, CATALOGUE).id).to.equal("joining/refused");
    expect(() => parseScenario("/tmp/other.yaml", SCENARIO, CATALOGUE)).to.throw("/tmp/other.yaml:1:5: `id` must end");
  });
});
