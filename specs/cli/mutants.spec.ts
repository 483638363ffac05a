import { expect } from "chai";
import { tryDefect } from "../../src/cli/mutants.js";
import { ownRequirements, type Project } from "../../src/cli/project.js";
import { DEFECTS } from "../../src/homeserver/defects/catalogue.js";
import type { Scenario } from "../../src/scenario/model.js";
import { asksVersion, call, embedded, owes, PEER, smallScenario, TARGET } from "../support/small-run.js";

const NAME = "make-join-without-room-version";
const defect = DEFECTS.find(({ name }) => name === NAME);
if (defect === undefined) throw new Error(`no defect ${NAME}`);
const { requirement } = defect;

const joining = (id: string, at: string) =>
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
      roomVersions: ["11"],
      detects: [NAME],
    },
  );

async function tried(...scenarios: readonly Scenario[]) {
  const project = { scenarios, requirements: ownRequirements() } as unknown as Project;
  const { signal } = new AbortController();
  if (defect === undefined) throw new Error(`no defect ${NAME}`);
  return tryDefect(defect, { project, target: await embedded(), seed: "spec", workers: 2, signal });
}

describe("cli/mutants", () => {
  it("tells which of the scenarios that name a defect turn red for the requirement that it breaks", async () => {
    const result = await tried(joining("spec/notices", "/room_version"), joining("spec/sleeps", "/event"));
    expect(result).to.deep.include({ defect: NAME, requirement, caughtBy: ["spec/notices"], undecided: [] });
    expect(result.named).to.deep.equal(["spec/notices", "spec/sleeps"]);
  });

  it("has no scenario to run for a defect that none names", async () => {
    expect(await tried(smallScenario("spec/other", [asksVersion("asked")]))).to.deep.include({
      named: [],
      caughtBy: [],
    });
  });
});
