import { join } from "node:path";
import { expect } from "chai";
import { assembled } from "../../src/cli/finish-run.js";
import { ownRequirements } from "../../src/cli/project.js";
import { readJournal } from "../../src/evidence/read-journal.js";
import { LabError } from "../../src/lab/lab-error.js";
import { rejudge } from "../../src/runner/judge-run.js";
import { asksVersion, call, embedded, owes, runSmall, smallScenario } from "../support/small-run.js";
import { inTemporaryFolder } from "../support/temporary-folder.js";

const SCENARIOS = [
  smallScenario("spec/sound", [asksVersion("asked", owes("server", "succeeds"))]),
  smallScenario("spec/broken", [asksVersion("asked", owes("server", "refused"))]),
  smallScenario("spec/versions", [asksVersion("asked", owes("server", "succeeds"))], { roomVersions: ["11", "12"] }),
  smallScenario("spec/own-fault", [
    call("asked", "request", { by: "peer", to: "server", path: "/x", authorization: { key: "retired" } }),
  ]),
];
const LONG = smallScenario("spec/long", [
  asksVersion("asked", owes("server", "receives", { peer: "peer", request: "version" })),
]);

describe("runner/play-in-processes", () => {
  it("plays every instance once, into one journal that can be judged again", () =>
    inTemporaryFolder(async (parent) => {
      const [alone, together] = [join(parent, "alone"), join(parent, "together")];
      const told: string[] = [];
      const progress = {
        started: (servers: readonly unknown[], instances: number) => {
          told.push(`${servers.length} ${instances}`);
        },
        ended: (instance: string) => {
          told.push(instance);
        },
      };
      expect(await runSmall(alone, SCENARIOS)).to.equal(5);
      expect(await runSmall(together, SCENARIOS, { processes: 2, progress })).to.equal(5);
      const [one, other] = [alone, together].map((folder) => assembled(folder, ownRequirements()));
      const verdicts = (run = one) => run?.scenarios.map(({ instance, verdict }) => `${instance} ${verdict}`).sort();
      expect(verdicts(other)).to.deep.equal(verdicts(one));
      expect(told[0]).to.equal("2 5");
      expect(told.slice(1).sort()).to.deep.equal(one?.scenarios.map(({ instance }) => instance).sort());
      expect(rejudge(together)).to.deep.include({ problems: [], judged: 4, incomplete: false });
      const { entries } = readJournal(together);
      const first = entries.findIndex(({ kind }) => kind === "scenario-begin");
      expect(entries.slice(first).filter(({ kind }) => kind === "planned")).to.deep.equal([]);
      const ids = entries.flatMap((entry) => (entry.kind === "exchange" ? [entry.exchange.id] : []));
      expect(new Set(ids).size).to.equal(ids.length);
    })).timeout(60_000);

  it("stops every part with the run, and leaves the journal without an end", () =>
    inTemporaryFolder(async (parent) => {
      const stop = new AbortController();
      const folder = join(parent, "run");
      const began = () => stop.abort(new Error("enough"));
      const run = runSmall(folder, [LONG, ...SCENARIOS], { processes: 2, signal: stop.signal, progress: { began } });
      expect(await run.catch((error: unknown) => error)).to.equal(stop.signal.reason);
      expect(readJournal(folder).entries.at(-1)?.kind).to.not.equal("run-end");
    })).timeout(60_000);

  it("says why a part cannot be played, with what can be done", () =>
    inTemporaryFolder(async (parent) => {
      const near = await embedded({ names: "loopback" });
      const targets = [near, await embedded({ name: "far", driver: "container" })];
      const error = await runSmall(join(parent, "run"), SCENARIOS, { processes: 2, targets }).catch((raised) => raised);
      expect(error).to.be.instanceOf(LabError).with.property("hint", "run them apart, or use a container for both");
      expect(error.message).to.contain("embedded has loopback names, which far cannot reach");
    })).timeout(60_000);
});
