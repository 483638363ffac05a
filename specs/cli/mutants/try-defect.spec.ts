import { expect } from "chai";
import { type Execution, playApart } from "../../../src/cli/mutants/execution.js";
import { runSound } from "../../../src/cli/mutants/sound-run.js";
import { tryDefect } from "../../../src/cli/mutants/try-defect.js";
import { ownRequirements } from "../../../src/cli/project.js";
import { DEFECTS } from "../../../src/homeserver/defects/catalogue.js";
import type { Scenario } from "../../../src/scenario/model.js";
import { asksVersion, call, embedded, owes, PEER, smallScenario, TARGET } from "../../support/small-run.js";

const NAME = "make-join-without-room-version";
const defect = DEFECTS.find(({ name }) => name === NAME);
if (defect === undefined) throw new Error(`no defect ${NAME}`);
const { requirement } = defect;

const joining = (id: string, at: string, detects = [NAME]) =>
  smallScenario(
    id,
    [
      call(
        "offer",
        "make-membership",
        { as: "june", room: "hall", via: "server", membership: "join" },
        owes("server", "body-has", { at }, { requirement }),
      ),
    ],
    {
      seats: { server: TARGET, peer: PEER },
      cast: { ann: { at: "server", settings: {} }, june: { at: "peer", settings: {} } },
      given: [call("hall", "create-room", { as: "ann", id: "hall", preset: "public_chat" })],
      roomVersions: ["10", "11"],
      detects,
    },
  );

async function optionsFor(scenarios: readonly Scenario[]) {
  const project = { scenarios, requirements: ownRequirements() };
  const { signal } = new AbortController();
  const setting = { target: await embedded(), seed: "spec" };
  const play = (execution: Execution) => playApart(execution, setting, signal);
  return { project, play, signal, seed: "spec", all: true };
}

async function sound(...scenarios: readonly Scenario[]) {
  const { play, signal } = await optionsFor(scenarios);
  return runSound(scenarios, play, signal);
}

async function tried(...scenarios: readonly Scenario[]) {
  if (defect === undefined) throw new Error(`no defect ${NAME}`);
  const { asked } = await sound(...scenarios);
  return tryDefect({ ...defect, alsoBreaks: [] }, asked.get(NAME) ?? [], await optionsFor(scenarios));
}

describe("cli/mutants/try-defect", () => {
  it("tells which of the scenarios that name a defect turn red for the requirement that it breaks", async () => {
    const result = await tried(joining("spec/notices", "/room_version"), joining("spec/sleeps", "/event"));
    expect(result).to.deep.include({ defect: NAME, requirement, caughtBy: ["spec/notices"] });
    expect(result.cells).to.deep.equal({ "spec/notices": "caught", "spec/sleeps": "green" });
    expect(result.problems).to.deep.equal([`spec/sleeps names ${NAME} but does not turn red`]);
  });

  it("tries scenarios in which the server asks about the defect, and no others", async () => {
    const result = await tried(
      joining("spec/notices", "/room_version"),
      joining("other/silent", "/room_version", []),
      smallScenario("other/far", [asksVersion("asked")]),
    );
    expect(result.cells).to.deep.equal({ "spec/notices": "caught", "other/silent": "caught" });
    expect(result.problems).to.deep.equal([
      `other/silent turns red for what ${NAME} breaks, and does not name it in its \`detects\``,
    ]);
  });

  it("has a problem with a defect that cannot be tried", async () => {
    if (defect === undefined) throw new Error(`no defect ${NAME}`);
    const options = await optionsFor([joining("spec/notices", "/room_version")]);
    const play = () => Promise.reject(new Error("gone"));
    const result = await tryDefect(defect, undefined, { ...options, play });
    expect(result).to.deep.include({ cells: {}, caughtBy: [], problems: [`${NAME} cannot be tried: gone`] });
  });

  it("has a problem with a defect that no scenario names", async () => {
    const result = await tried(smallScenario("spec/other", [asksVersion("asked")]));
    expect(result).to.deep.include({ cells: {}, problems: [`no scenario names ${NAME} in its \`detects\``] });
  });
});

describe("cli/mutants/sound-run", () => {
  it("hears of which defects the server asks in a scenario, and with which room versions", async () => {
    const other = smallScenario("spec/other", [asksVersion("asked")]);
    const { asked, unsound } = await sound(joining("spec/notices", "/room_version"), other);
    expect(unsound).to.deep.equal([]);
    expect(asked.get(NAME)).to.deep.equal([
      { scenario: "spec/notices", roomVersion: "10" },
      { scenario: "spec/notices", roomVersion: "11" },
    ]);
  });

  it("hears what does not pass without any defect", async () => {
    const { unsound } = await sound(joining("spec/wrong", "/nowhere"));
    expect(unsound).to.have.length(2);
    expect(unsound[0]).to.match(/^fail spec\/wrong/);
  });

  it("counts what cannot be played as unsound, and hears the others", async () => {
    const { play, signal } = await optionsFor([]);
    const [lost, whole] = [joining("spec/lost", "/room_version"), joining("spec/whole", "/room_version")];
    const breaking = (execution: Execution) =>
      execution.scenarios.includes(lost) ? Promise.reject(new Error("gone")) : play(execution);
    const { asked, unsound } = await runSound([lost, whole], breaking, signal);
    expect(unsound).to.deep.equal(["error spec/lost: gone"]);
    expect(asked.get(NAME)).to.have.length(2);
  });
});
