import { expect } from "chai";
import { runSound } from "../../../src/cli/mutants/asked-defects.js";
import { tryDefect } from "../../../src/cli/mutants/try-defect.js";
import { ownRequirements, type Project } from "../../../src/cli/project.js";
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
  const project = { scenarios, requirements: ownRequirements() } as unknown as Project;
  const { signal } = new AbortController();
  return { project, target: await embedded(), seed: "spec", workers: 2, signal, all: true };
}

async function tried(...scenarios: readonly Scenario[]) {
  if (defect === undefined) throw new Error(`no defect ${NAME}`);
  const options = await optionsFor(scenarios);
  const { asked } = await runSound(options);
  return tryDefect({ ...defect, alsoBreaks: [] }, asked.get(NAME) ?? [], options);
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

  it("has a problem with a defect that no scenario names", async () => {
    const result = await tried(smallScenario("spec/other", [asksVersion("asked")]));
    expect(result).to.deep.include({ cells: {}, problems: [`no scenario names ${NAME} in its \`detects\``] });
  });
});

describe("cli/mutants/asked-defects", () => {
  it("hears of which defects the server asks in a scenario, and with which room versions", async () => {
    const scenarios = [joining("spec/notices", "/room_version"), smallScenario("spec/other", [asksVersion("asked")])];
    const { asked, unsound } = await runSound(await optionsFor(scenarios));
    expect(unsound).to.deep.equal([]);
    expect(asked.get(NAME)).to.deep.equal([
      { scenario: "spec/notices", roomVersion: "10" },
      { scenario: "spec/notices", roomVersion: "11" },
    ]);
  });

  it("hears what does not pass without any defect", async () => {
    const { unsound } = await runSound(await optionsFor([joining("spec/wrong", "/nowhere")]));
    expect(unsound).to.have.length(2);
    expect(unsound[0]).to.match(/^fail spec\/wrong/);
  });
});
