import { expect } from "chai";
import { PACKAGE_FOLDER } from "../../../src/cli/project.js";
import {
  type ResolverCampaignOptions,
  type ResolverTally,
  runResolverCampaign,
} from "../../../src/fuzz/resolver/resolver-campaign.js";
import type { ResolverFinding } from "../../../src/fuzz/resolver/resolver-finding.js";
import { RESOLVER_READINGS } from "../../../src/fuzz/resolver/resolver-readings.js";
import { TargetError } from "../../../src/targets/target-error.js";

const standIn = (fault: string) => `exec node --import tsx specs/support/stand-in-resolver.ts ${fault}`;

async function campaign(changes: Partial<ResolverCampaignOptions>) {
  const findings: ResolverFinding[] = [];
  const reasons: string[] = [];
  const tally = await runResolverCampaign({
    command: standIn("none"),
    cwd: PACKAGE_FOLDER,
    deadlineMs: 60_000,
    seed: "resolver",
    sets: ["histories", "made"],
    roomVersions: ["11"],
    from: 1,
    count: 3,
    workers: 1,
    asFound: false,
    signal: new AbortController().signal,
    progress: {
      started: () => undefined,
      done: () => undefined,
      found: (finding) => findings.push(finding),
      unsettled: (_item, _at, reason) => reasons.push(reason),
    },
    ...changes,
  });
  return { tally, findings, reasons };
}

/** Without the first answer of each process, which is right. */
const settled = ({ resolutions, agreeing, differing, unsettled, readOtherwise }: ResolverTally) =>
  agreeing + differing + unsettled + readOtherwise === resolutions;

describe("fuzz/resolver/resolver-campaign", function () {
  this.timeout(180_000);

  it("agrees with a sound resolver, in every room version", async () => {
    const { tally, findings, reasons } = await campaign({ roomVersions: ["1", "2", "8", "12"], count: 2, workers: 2 });
    expect([findings, reasons]).to.deep.equal([[], []]);
    expect(tally).to.include({ rooms: 8, differing: 0, readOtherwise: 0, unsettled: 0 });
    expect(tally.agreeing)
      .to.equal(tally.resolutions)
      .and.to.be.greaterThan(8 * 6);
    expect(tally.goOnFrom).to.equal(undefined);
  });

  it("finds a resolver that prefers the newest, and makes the history small", async () => {
    const { tally, findings } = await campaign({ command: standIn("newest"), count: 12, sets: ["histories"] });
    expect(tally.differing).to.be.greaterThan(0);
    expect(settled(tally)).to.equal(true);
    const smallest = Math.min(...findings.map(({ history }) => history?.nodes.length ?? Number.POSITIVE_INFINITY));
    expect(smallest).to.be.lessThan(7);
    for (const { repeated, posed, history, difference } of findings) {
      expect(repeated).to.equal(true);
      expect(history?.asked).to.deep.equal([posed.at]);
      expect([...difference.expected, ...difference.given]).not.to.deep.equal([]);
    }
  });

  it("tells differences as they were found where that is wanted", async () => {
    const { findings } = await campaign({ command: standIn("newest"), count: 1, sets: ["made"], asFound: true });
    expect(findings.map(({ repeated }) => repeated)).to.satisfy(
      (all: readonly boolean[]) => all.length > 0 && !all.some(Boolean),
    );
    expect(Math.max(...findings.map(({ posed }) => posed.states.length))).to.be.greaterThan(2);
  });

  it("makes states small that come from no history", async () => {
    const { findings } = await campaign({ command: standIn("newest"), count: 1, sets: ["made"] });
    expect(findings.length).to.be.greaterThan(0);
    for (const { repeated, posed, history } of findings) {
      expect([repeated, history]).to.deep.equal([true, undefined]);
      expect(posed.states).to.have.length(2);
      expect(posed.events.size).to.be.lessThan(30);
    }
  });

  it("counts apart what is right under another reading of the text alone", async () => {
    const { tally, findings } = await campaign({
      command: standIn("other-reading"),
      roomVersions: ["12"],
      seed: "concordat",
      sets: ["histories"],
      from: 6,
      count: 2,
    });
    const [name] = RESOLVER_READINGS.map((one) => one.name);
    expect(tally.differing).to.equal(0);
    expect(tally.readOtherwise).to.be.greaterThan(0);
    expect(findings.map(({ reading }) => reading)).to.deep.equal([name]);
    expect(tally.byReading.get(name ?? "")).to.equal(tally.resolutions);
  });

  for (const [fault, words] of [
    ["crash", "ended with code 7: out of ideas"],
    ["garbage", "no JSON object: thinking"],
    ["complaint", "the resolver says: too hard"],
    ["hang", "no answer within 5000 ms"],
  ] as const) {
    it(`settles nothing where the resolver shows ${fault}, and goes on with the next`, async () => {
      const deadlineMs = fault === "hang" ? 5_000 : 60_000;
      const sets = ["histories"] as const;
      const { tally, reasons } = await campaign({ command: standIn(fault), count: 2, sets, deadlineMs });
      expect(tally.unsettled).to.be.greaterThan(0);
      expect(tally.agreeing).to.be.greaterThan(0);
      expect(tally.differing).to.equal(0);
      expect(settled(tally)).to.equal(true);
      for (const reason of reasons) expect(reason).to.contain(words);
    });
  }

  it("gives up where nothing is ever answered", async () => {
    const failure = await campaign({ command: standIn("never"), count: 50 }).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(TargetError);
    expect(String(failure)).to.contain("the resolver has answered nothing").and.to.contain("out of ideas");
  });

  it("stops at the signal, and says from where to go on", async () => {
    const controller = new AbortController();
    const done = ({ rooms }: ResolverTally) => {
      if (rooms === 3) controller.abort(new Error("enough"));
    };
    const progress = { started: () => undefined, done, found: () => undefined, unsettled: () => undefined };
    const first = await campaign({ count: 5, sets: ["histories"], signal: controller.signal, progress });
    expect(first.tally).to.include({ rooms: 3, goOnFrom: 4 });
    const rest = await campaign({ from: 4, count: 2, sets: ["histories"] });
    const whole = await campaign({ count: 5, sets: ["histories"] });
    expect(first.tally.resolutions + rest.tally.resolutions).to.equal(whole.tally.resolutions);
  });
});
