import { join } from "node:path";
import { expect } from "chai";
import { assembled } from "../../../src/cli/finish-run.js";
import { openProject, PACKAGE_FOLDER } from "../../../src/cli/project.js";
import type { RunHistory, RunJson } from "../../../src/report/run-json.js";
import { compileSchema } from "../../../src/schema/schema-files.js";
import { problemLines } from "../../../src/schema/validator.js";
import { runSmall } from "../../support/small-run.js";
import { inTemporaryFolder } from "../../support/temporary-folder.js";
import { mixedRun } from "../fixtures.js";

const SCENARIOS = [
  "state-resolution/ban-beats-concurrent-topic",
  "events/beyond-ones-power",
  "events/late-message-of-a-banned-user",
  "events/forged-signature",
  "keys/key-document",
];

/** Played in two room versions. */
const TWICE = "events/beyond-ones-power";

/** Runs the scenarios on an embedded server that lets bans and topics come in a wrong order. */
async function run(): Promise<RunJson> {
  const project = openProject(PACKAGE_FOLDER);
  const newest = project.scenarios.filter(({ id }) => SCENARIOS.includes(id));
  const scenarios = newest.map(({ roomVersions, ...rest }) =>
    roomVersions === undefined ? rest : { ...rest, roomVersions: roomVersions.slice(0, rest.id === TWICE ? 2 : 1) },
  );
  return inTemporaryFolder(async (parent) => {
    const folder = join(parent, "run");
    await runSmall(folder, scenarios, { defects: new Set(["ignores-power-ordering"]), workers: 2, patienceMs: 5000 });
    return assembled(folder, project.requirements);
  });
}

describe("report/assemble/histories", function () {
  this.timeout(180_000);
  let result: RunJson;
  before(async () => {
    result = await run();
  });

  const historyOf = (id: string): RunHistory => {
    const found = result.scenarios.find(({ scenario }) => scenario === id)?.histories?.[0];
    if (found === undefined) throw new Error(`no history of ${id}`);
    return found;
  };

  it("gives what the schema allows", () => {
    const histories = JSON.parse(JSON.stringify(result.scenarios.map(({ histories }) => histories)));
    const problems = problemLines(compileSchema("run")({ ...mixedRun(), scenarios: withHistories(histories) }));
    expect(problems).to.deep.equal([]);
  });

  it("draws what peers wrote as the server got it, and puts its answer beside the right one", () => {
    const { room, seat, drawing, states } = historyOf("state-resolution/ban-beats-concurrent-topic");
    expect({ room, seat }).to.deep.equal({ room: "hall", seat: "target" });
    expect(drawing.events.slice(1).map(({ name, words, fate }) => [name, words, fate])).to.deep.equal([
      ["start", "Tess joins", "accepted"],
      ["topic", "Bob sets the topic to “Bob was here”", "accepted"],
      ["ban", "Ann bans Bob", "accepted"],
      ["merge", "Ann writes", "accepted"],
    ]);
    const [before, now] = states;
    expect(before).to.deep.include({ at: "merge" });
    expect(before?.entries[0]).to.deep.equal({
      entry: "the topic",
      right: "nothing",
      given: "“Bob was here”, by “topic”",
    });
    expect(before?.expectations).to.have.length(3);
    expect(before?.decisions.filter(({ decides }) => decides).map(({ rule }) => rule)).to.include("FED-AR-058");
    expect(now?.at).to.equal(undefined);
    expect(now?.entries).to.deep.equal([{ entry: "the topic", right: "nothing", given: "“Bob was here”" }]);
  });

  it("tells refused events with the rule, and finds nothing wrong with a right answer", () => {
    const { drawing, states } = historyOf("events/beyond-ones-power");
    expect(drawing.events.map(({ name, fate, rule }) => [name, fate, rule])).to.deep.include.members([
      ["rename", "rejected", "FED-AR-060"],
      ["after", "accepted", undefined],
    ]);
    expect(states).to.have.length(1);
    expect(states[0]?.entries.filter(({ given }) => given !== undefined)).to.deep.equal([]);
  });

  it("tells what was kept from users, and what is no valid event", () => {
    const late = historyOf("events/late-message-of-a-banned-user").drawing;
    expect(late.events.find(({ name }) => name === "late")).to.include({ fate: "soft-failed", rule: "FED-AR-058" });
    const forged = historyOf("events/forged-signature").drawing;
    expect(forged.events.map(({ fate }) => fate)).to.include("invalid");
  });

  it("does not draw again what passed again", () => {
    const both = result.scenarios.filter(({ scenario }) => scenario === TWICE);
    expect(both.map(({ verdict, histories }) => [verdict, histories?.length])).to.deep.equal([
      ["pass", 1],
      ["pass", undefined],
    ]);
  });

  it("has none for scenarios in which nobody forges", () => {
    expect(result.scenarios.find(({ scenario }) => scenario === "keys/key-document")).not.to.have.property("histories");
  });
});

function withHistories(histories: readonly unknown[]) {
  const [scenario] = mixedRun().scenarios;
  return histories.map((one) => ({ ...scenario, ...(one === undefined || one === null ? {} : { histories: one }) }));
}
