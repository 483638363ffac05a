import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { writeReports } from "../../src/cli/finish-run.js";
import { ownRequirements } from "../../src/cli/project.js";
import { DEFAULT_LIMITS } from "../../src/net/limits.js";
import { RENDERERS, type RendererName } from "../../src/report/index.js";
import { exitCode } from "../../src/report/roll-up.js";
import type { RunJson } from "../../src/report/run-json.js";
import { renderText } from "../../src/report/text.js";
import { rejudge } from "../../src/runner/judge-run.js";
import type { TargetFile } from "../../src/targets/target-document.js";
import { Certificates } from "../support/hostile/certificates.js";
import { type HostileServer, openHostile } from "../support/hostile/hostile-server.js";
import { HOSTILE_WAYS } from "../support/hostile/index.js";
import { AT_A_TIME, LIMITS, outcomesOf } from "../support/hostile/limits.js";
import { MemoryWatch } from "../support/hostile/memory-watch.js";
import { dangersIn } from "../support/hostile/renderings.js";
import type { Way } from "../support/hostile/way.js";
import { asksVersion, owes, runSmall, smallScenario } from "../support/small-run.js";

const SCENARIOS = [
  smallScenario("spec/asked", [asksVersion("asked", owes("server", "succeeds"), owes("server", "says-json"))]),
];

const RENDERER_NAMES = Object.keys(RENDERERS) as RendererName[];
const nameOf = (n: number) => `hostile${n}.test:8448`;

describe("a run against hostile servers", () => {
  const memory = new MemoryWatch();
  const servers: HostileServer[] = [];
  let folder = "";
  let run: RunJson;

  before(async function () {
    this.timeout(180_000);
    folder = mkdtempSync(join(tmpdir(), "concordat-hostile-"));
    memory.start();
    const certificates = await Certificates.create();
    const targets = await Promise.all(HOSTILE_WAYS.map((way, n) => hostileTarget(way, n, certificates)));
    await runSmall(join(folder, "run"), SCENARIOS, {
      targets,
      limits: { ...DEFAULT_LIMITS, ...LIMITS },
      workers: AT_A_TIME,
    });
    run = writeReports(join(folder, "run"), ownRequirements(), RENDERER_NAMES);
  });
  after(async () => {
    memory.stop();
    await Promise.all(servers.map((server) => server.close()));
    rmSync(folder, { recursive: true });
  });

  async function hostileTarget(way: Way, n: number, certificates: Certificates): Promise<TargetFile> {
    const shown = await certificates.issue(`hostile${n}.test`, way);
    const [federation, client] = await Promise.all([openHostile(way, shown), openHostile(towardsUsers(way))]);
    servers.push(federation, client);
    writeFileSync(join(folder, `ca${n}.pem`), shown.ca);
    return {
      name: `hostile${n}`,
      product: way.name,
      vendor: "nobody",
      driver: "remote",
      accounts: { register: "open" },
      room_versions: ["11"],
      remote: {
        server_name: nameOf(n),
        client_url: `http://127.0.0.1:${client.port}`,
        federation: { host: "127.0.0.1", port: federation.port },
        ca: `ca${n}.pem`,
      },
      path: "hostile.yaml",
      folder,
    };
  }

  const judged = (scenario: string, n: number) =>
    run.scenarios.find((one) => one.scenario === scenario && one.seats.server?.serverName === nameOf(n))?.expectations;

  describe("gives each the verdict that it deserves", () => {
    for (const [n, way] of HOSTILE_WAYS.entries())
      it(`one that ${way.name}`, () => {
        const [succeeds, json] = judged("spec/asked", n) ?? [];
        const outcomes = outcomesOf(way);
        const possible = outcomes.map((outcome) => verdictOn(outcome, outcome === 200));
        expect(succeeds?.verdict, succeeds?.actual).to.be.oneOf(possible);
        expect(json?.verdict, json?.actual).to.equal(
          succeeds?.verdict === "inconclusive" || succeeds?.actual.startsWith("no answer")
            ? succeeds.verdict
            : way.on === "http" && way.json
              ? "pass"
              : "fail",
        );
        expect(succeeds).to.include({ of: "server", server: nameOf(n) });
        expect(succeeds?.exchanges).to.have.length(1);
      });
  });

  it("takes nothing for its own fault", () => {
    const verdicts = new Set(run.scenarios.flatMap(({ expectations }) => expectations.map(({ verdict }) => verdict)));
    expect([...verdicts].sort()).to.deep.equal(["fail", "inconclusive", "pass"]);
    expect(run.scenarios.filter(({ verdict }) => verdict === "error")).to.deep.equal([]);
  });

  it("ends with a whole report, and says that it failed", () => {
    expect(run.run.complete).to.equal(true);
    expect(run.targets).to.have.length(HOSTILE_WAYS.length);
    expect(exitCode(run, { failOn: "fail" })).to.equal(1);
  });

  it("judges the same from the evidence alone", () => {
    const again = rejudge(join(folder, "run"));
    expect(again.problems).to.deep.equal([]);
    expect(again.judged).to.equal(HOSTILE_WAYS.length * 2);
  });

  for (const name of RENDERER_NAMES)
    it(`puts nothing harmful into the rendering ${name}`, () => {
      const text = readFileSync(join(folder, "run", RENDERERS[name].file), "utf8");
      expect(text.length).to.be.below(16 * 1024 * 1024);
      expect(dangersIn(name, text)).to.deep.equal([]);
    });

  it("puts nothing harmful into the terminal", () => {
    expect(dangersIn("text", renderText(run))).to.deep.equal([]);
  });

  it("stays well within a gigabyte of memory", () => {
    expect(memory.grownBy()).to.be.below(700 * 1024 * 1024);
  });
});

/** A server that refuses its users is told of to the operator before the run: here it hangs up on them. */
function towardsUsers(way: Way): Way {
  return way.outcome === 403 ? { on: "http", name: way.name, outcome: "cut", answer: () => [], ends: "close" } : way;
}

function verdictOn(outcome: number | string, ok: boolean): string {
  if (outcome === "interim" || outcome === "local") return "inconclusive";
  return ok ? "pass" : "fail";
}
