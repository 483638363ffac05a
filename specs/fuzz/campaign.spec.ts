import { expect } from "chai";
import { ownCatalogue } from "../../src/cli/catalogue.js";
import { playApart } from "../../src/cli/mutants/execution.js";
import { ownRequirements, PACKAGE_FOLDER } from "../../src/cli/project.js";
import { type CampaignOptions, runCampaign } from "../../src/fuzz/campaign.js";
import { drawing } from "../../src/fuzz/drawing.js";
import type { Finding } from "../../src/fuzz/finding.js";
import { scenarioFile } from "../../src/fuzz/scenario-file.js";
import { parseScenario } from "../../src/scenario/read-scenario.js";
import { readTargetFile } from "../../src/targets/target-file.js";

async function campaign(changes: Partial<CampaignOptions>) {
  const findings: Finding[] = [];
  const reasons: string[] = [];
  const embedded = await readTargetFile(`${PACKAGE_FOLDER}targets/embedded.yaml`);
  const result = await runCampaign({
    runId: `spec${Math.abs(process.pid)}${Object.keys(changes).length}`,
    targets: [embedded],
    seed: "campaign",
    roomVersions: ["11"],
    from: 1,
    count: 4,
    workers: 2,
    asFound: false,
    now: Date.now,
    signal: new AbortController().signal,
    progress: {
      started: () => undefined,
      played: () => undefined,
      found: (finding) => findings.push(finding),
      readOtherwise: (_item, reading) => reasons.push(reading),
      unsettled: (_item, reason) => reasons.push(reason),
    },
    ...changes,
  });
  return { result, findings, reasons, embedded };
}

describe("fuzz/campaign", function () {
  this.timeout(180_000);

  it("finds nothing on the sound server", async () => {
    const { result, reasons } = await campaign({ roomVersions: ["2", "8", "12"], count: 3 });
    expect(reasons).to.deep.equal([]);
    expect(result).to.deep.equal({ played: 9, differing: 0, readOtherwise: 0, unsettled: 0, goOnFrom: undefined });
  });

  for (const defect of ["last-writer-wins", "ignores-power-ordering"]) {
    it(`finds ${defect}, in few events, and writes a scenario that is red there and green on the sound server`, async () => {
      const defects = new Set([defect]);
      const { result, findings, embedded } = await campaign({ count: 10, workers: 1, defects, seed: defect });
      expect(result.differing).to.be.greaterThan(0);
      const finding = findings.find(
        ({ repeated, differences }) => repeated && differences.some(({ kind }) => kind === "state"),
      );
      if (finding === undefined) throw new Error("no finding showed twice");
      expect(finding.history.nodes.length).to.be.lessThan(7);
      expect(finding.history.nodes.length).to.be.at.most(finding.original.nodes.length);
      expect(finding.exchanges.some(({ target }) => target.includes("/state_ids/"))).to.equal(true);
      expect(drawing(finding.history, finding.differences)).to.contain("graph TD").and.to.contain("| state | final |");

      const requirements = ownRequirements();
      const catalogue = ownCatalogue(requirements);
      const replay = { id: "fuzz/found", purpose: "A replay.", detects: [defect], differences: finding.differences };
      const scenario = parseScenario("scenarios/fuzz/found.yaml", scenarioFile(finding.history, replay), catalogue);
      const setting = { target: embedded, seed: "replay" };
      const verdicts = async (some: { readonly defect?: string }) => {
        const { scenarios } = await playApart(
          { scenarios: [scenario], ...some },
          setting,
          new AbortController().signal,
        );
        return scenarios.flatMap(({ expectations }) => expectations.map(({ verdict }) => verdict));
      };
      expect(await verdicts({})).to.satisfy((all: readonly string[]) => all.every((verdict) => verdict === "pass"));
      expect(await verdicts({ defect })).to.include("fail");
    });
  }

  it("compares two servers with each other, without the oracle", async () => {
    const embedded = await readTargetFile(`${PACKAGE_FOLDER}targets/embedded.yaml`);
    const targets = [embedded, { ...embedded, name: "second" }];
    const agreed = await campaign({ targets, count: 2, roomVersions: ["10"] });
    expect(agreed.reasons).to.deep.equal([]);
    expect(agreed.result).to.include({ played: 2, differing: 0, unsettled: 0 });
  });

  it("stops at the signal, and says how far it came", async () => {
    const controller = new AbortController();
    const played = () => controller.abort(new Error("enough"));
    const progress = {
      started: () => undefined,
      played,
      found: () => undefined,
      readOtherwise: () => undefined,
      unsettled: () => undefined,
    };
    const { result } = await campaign({ count: 500, workers: 1, signal: controller.signal, progress });
    expect(result).to.include({ played: 1, goOnFrom: 2 });
  });
});
