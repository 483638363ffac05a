import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { assembled } from "../../src/cli/finish-run.js";
import { ownRequirements } from "../../src/cli/project.js";
import { JOURNAL_FILE } from "../../src/evidence/journal.js";
import { readJournal } from "../../src/evidence/read-journal.js";
import type { ExpectationResult, RunJson } from "../../src/report/run-json.js";
import { rejudge } from "../../src/runner/judge-run.js";
import { asksVersion, call, owes, runSmall, smallScenario, TARGET } from "../support/small-run.js";
import { inTemporaryFolder } from "../support/temporary-folder.js";

const nameIs = (name: string) => owes("server", "body-has", { at: "/server/name", is: name });
const closedRoom = {
  seats: { host: TARGET, guest: TARGET },
  cast: { ann: { at: "host", settings: {} }, bob: { at: "guest", settings: {} } },
  given: [call("hall", "create-room", { as: "ann", id: "hall", preset: "private_chat" })],
  roomVersions: ["11"],
};

const SCENARIOS = [
  smallScenario("spec/sound", [asksVersion("asked", owes("server", "succeeds"))]),
  smallScenario("spec/broken", [
    asksVersion("asked", nameIs("Nobody's server"), owes("server", "refused", {}, { level: "should" })),
    asksVersion("again", owes("server", "succeeds")),
  ]),
  smallScenario(
    "spec/precondition",
    [
      call("joined", "join", { as: "bob", room: "hall", via: ["host"] }),
      call("said", "send-message", { as: "bob", room: "hall", id: "hello" }, owes("host", "succeeds")),
    ],
    closedRoom,
  ),
  smallScenario(
    "spec/deadline",
    [
      asksVersion("asked", owes("server", "receives", { peer: "peer", request: "version" })),
      asksVersion("after", owes("server", "succeeds")),
    ],
    { deadlineMs: 500 },
  ),
  smallScenario("spec/own-fault", [
    call(
      "asked",
      "request",
      { by: "peer", to: "server", path: "/x", authorization: { key: "retired" } },
      owes("server", "succeeds"),
    ),
    asksVersion("after", owes("server", "succeeds")),
  ]),
  smallScenario("spec/last-step-broken", [
    asksVersion("asked", owes("server", "succeeds")),
    call("end", "request", { by: "peer", to: "server", path: "/x", authorization: { key: "retired" } }),
  ]),
  smallScenario("spec/versions", [asksVersion("asked", owes("server", "succeeds"))], { roomVersions: ["10", "11"] }),
  smallScenario("spec/alone-1", [asksVersion("asked", owes("server", "succeeds"))], { exclusive: true }),
  smallScenario("spec/alone-2", [asksVersion("asked", owes("server", "succeeds"))], { exclusive: true }),
  smallScenario("spec/exempt", [asksVersion("asked", owes("server", "succeeds", {}, { requirement: "FED-KEY-002" }))]),
];

const TARGET_FILE = {
  room_versions: ["11"],
  declares: { "not-applicable": [{ requirement: "FED-KEY-002", reason: "keys are kept elsewhere" }] },
};

/** Works in a copy of a run folder. */
const inCopyOf = <T>(folder: string, work: (copy: string) => T) =>
  inTemporaryFolder((parent) => {
    cpSync(folder, join(parent, "run"), { recursive: true });
    return work(join(parent, "run"));
  });

function flip(file: string, place: number): void {
  const bytes = readFileSync(file);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

describe("runner/execute", () => {
  let folder = "";
  const began: string[] = [];
  const ended: string[] = [];
  let run: RunJson;

  before(async () => {
    folder = join(mkdtempSync(join(tmpdir(), "concordat-")), "deep", "run");
    await runSmall(folder, SCENARIOS, {
      target: TARGET_FILE,
      progress: { began: (id) => began.push(id), ended: (id, verdicts) => ended.push(`${id} ${verdicts.join()}`) },
    });
    run = assembled(folder, ownRequirements());
  });
  after(() => rmSync(join(folder, "../.."), { recursive: true }));

  const scenario = (id: string) => {
    const found = run.scenarios.find((one) => one.scenario === id);
    if (found === undefined) throw new Error(`${id} was not run`);
    return found;
  };
  const verdicts = (id: string) => scenario(id).expectations.map(({ verdict }) => verdict);
  const expectation = (id: string, at = 0) => scenario(id).expectations[at] as ExpectationResult;

  it("runs every instance once, and tells of each", () => {
    expect(began).to.have.length(11);
    expect(ended.map((line) => line.split(" ")[0]).sort()).to.deep.equal([...began].sort());
    expect(ended).to.include("spec/broken[server=embedded] fail,warn,pass");
    expect(run.run.complete).to.equal(true);
  });

  it("passes what holds, with the exchange that shows it", () => {
    expect(expectation("spec/sound")).to.include({ verdict: "pass", actual: "200", of: "server" });
    expect(expectation("spec/sound").exchanges).to.have.length(1);
  });

  it("fails what a MUST demands and warns of what a SHOULD demands, with the bodies inline", () => {
    expect(verdicts("spec/broken")).to.deep.equal(["fail", "warn", "pass"]);
    const [id = ""] = expectation("spec/broken").exchanges;
    expect(run.exchanges[id]?.responseBody?.text).to.contain('"server"');
  });

  it("makes what depends on another seat's failure inconclusive, and names the seat", () => {
    const judged = expectation("spec/precondition");
    expect(judged).to.include({ verdict: "inconclusive", of: "host" });
    expect(judged.actual).to.match(/^guest: .*was answered with 403/);
    expect(scenario("spec/precondition").steps.map(({ outcome }) => outcome)).to.deep.equal([
      "done",
      "failed",
      "skipped",
    ]);
  });

  it("ends a scenario at its deadline, and charges nobody", () => {
    expect(verdicts("spec/deadline")).to.deep.equal(["inconclusive", "inconclusive"]);
    expect(expectation("spec/deadline").actual).to.equal("the scenario's deadline of 0.5 s passed");
  });

  it("takes its own faults for its own, wherever in the scenario", () => {
    expect(verdicts("spec/own-fault")).to.deep.equal(["error", "error"]);
    expect(expectation("spec/own-fault").actual).to.contain("no key was retired");
    expect(verdicts("spec/last-step-broken")).to.deep.equal(["pass"]);
    expect(scenario("spec/last-step-broken")).to.include({ verdict: "error" });
    expect(scenario("spec/last-step-broken").reason).to.contain("no key was retired");
  });

  it("says what does not apply, and why", () => {
    const [ten, eleven] = run.scenarios.filter((one) => one.scenario === "spec/versions");
    expect(ten?.expectations[0]).to.include({
      verdict: "not-applicable",
      actual: "embedded does not offer room version 10",
    });
    expect(ten?.sequence).to.deep.equal([]);
    expect(eleven?.verdict).to.equal("pass");
    expect(expectation("spec/exempt")).to.include({ verdict: "not-applicable", actual: "keys are kept elsewhere" });
  });

  it("plays exclusive scenarios one after the other, on servers that no other has", () => {
    const alone = ["spec/alone-1", "spec/alone-2"].map((id) => `${id}[server=embedded]`);
    const lines = readJournal(folder).entries.flatMap((entry) =>
      (entry.kind === "scenario-begin" || entry.kind === "scenario-end") && alone.includes(entry.instance)
        ? [`${entry.kind} ${entry.instance}`]
        : [],
    );
    expect(lines).to.deep.equal(alone.flatMap((id) => [`scenario-begin ${id}`, `scenario-end ${id}`]));
    const [first, second, other] = ["alone-1", "alone-2", "sound"].map((id) => scenario(`spec/${id}`).seats.server);
    expect(first?.serverName).to.equal(second?.serverName);
    expect(first?.serverName).to.not.equal(other?.serverName);
  });

  it("lets no password and no token through to the folder", () => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
    const texts = files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, "utf8"));
    expect(texts.filter((text) => /"(?:password|access_token)":"(?!«redacted»)/.test(text))).to.deep.equal([]);
    expect(texts.some((text) => text.includes('"password":"«redacted»"'))).to.equal(true);
    expect(texts.some((text) => /Bearer (?!«redacted»)/.test(text))).to.equal(false);
  });

  it("assembles the same report from the same journal", () => {
    expect(JSON.stringify(assembled(folder, ownRequirements()))).to.equal(JSON.stringify(run));
  });

  describe("runner/judge-run", () => {
    it("agrees with every verdict", () => {
      const again = rejudge(folder);
      expect(again.problems).to.deep.equal([]);
      expect(again).to.include({ judged: 15, incomplete: false });
    });

    it("names a body of which a byte was changed, and what now is judged otherwise", () =>
      inCopyOf(folder, (copy) => {
        const [id = ""] = expectation("spec/broken").exchanges;
        const digest = run.exchanges[id]?.response?.body ?? "";
        writeFileSync(join(copy, "evidence", digest), '{"server":{"name":"Nobody\'s server"}}');
        const { problems } = rejudge(copy);
        expect(problems[0]).to.equal(`evidence/${digest}: the file was changed after it was written`);
        expect(problems.slice(1).join("\n")).to.match(
          /line \d+: spec\/broken.*recorded fail .* but the evidence gives pass/,
        );
      }));

    it("names a body that is missing, and goes on", () =>
      inCopyOf(folder, (copy) => {
        const [digest = ""] = readdirSync(join(copy, "evidence"));
        rmSync(join(copy, "evidence", digest));
        expect(rejudge(copy).problems).to.include(`evidence/${digest}: the file is missing`);
        rmSync(join(copy, "evidence"), { recursive: true });
        expect(rejudge(copy).problems).to.include("evidence/ is missing");
      }));

    it("names the line of the journal of which a byte was changed", () =>
      inCopyOf(folder, (copy) => {
        const file = join(copy, JOURNAL_FILE);
        const text = readFileSync(file, "latin1");
        const place = text.indexOf('"verdict":"fail"');
        flip(file, place + '"verdict":"f'.length);
        const line = text.slice(0, place).split("\n").length;
        const { problems } = rejudge(copy);
        expect(problems[0]).to.contain(`journal.ndjson line ${line}: changed after it was written`);
        expect(problems.join("\n")).to.contain(`line ${line}: spec/broken`);
      }));

    it("misses judgements that were taken away, however well the chain was forged", () =>
      inCopyOf(folder, (copy) => {
        const file = join(copy, JOURNAL_FILE);
        const lines = readFileSync(file, "utf8").split("\n");
        writeFileSync(file, lines.filter((line) => !line.includes('"verdict":"fail"')).join("\n"));
        expect(rejudge(copy).problems.join("\n")).to.contain("no judgement on spec/broken[server=embedded]#asked/1");
      }));

    it("bears a body that was not written to its end", () =>
      inCopyOf(folder, (copy) => {
        writeFileSync(join(copy, "evidence", "abc.part"), "half");
        expect(rejudge(copy).problems).to.deep.equal([]);
      }));
  });

  it("leaves what was played, marked incomplete, when it is stopped", () =>
    inTemporaryFolder(async (parent) => {
      const stop = new AbortController();
      const place = join(parent, "run");
      const stopped = runSmall(place, SCENARIOS.slice(0, 3), {
        workers: 1,
        signal: stop.signal,
        progress: { ended: () => stop.abort(new Error("stopped by hand")) },
      });
      expect(await stopped.catch((error: Error) => error.message)).to.equal("stopped by hand");
      const cut = assembled(place, ownRequirements());
      expect(cut.run.complete).to.equal(false);
      const told = cut.scenarios.map((one) => [one.scenario, one.verdict, one.expectations[0]?.actual]);
      expect(told[0]?.slice(0, 2)).to.deep.equal(["spec/broken", "fail"]);
      expect(told.slice(1)).to.deep.equal([
        ["spec/precondition", "not-run", "the run ended before it"],
        ["spec/sound", "not-run", "the run ended before it"],
      ]);
      expect(rejudge(place)).to.deep.include({ problems: [], incomplete: true });
    }));

  it("does not call a scenario good that it was stopped in", () =>
    inTemporaryFolder(async (parent) => {
      const stop = new AbortController();
      const place = join(parent, "run");
      const waiting = smallScenario("spec/waiting", [
        asksVersion("asked", owes("server", "succeeds")),
        asksVersion("waits", owes("server", "receives", { peer: "peer", request: "version" })),
      ]);
      const run = runSmall(place, [waiting], {
        signal: stop.signal,
        progress: { began: () => setTimeout(() => stop.abort(new Error("stopped by hand")), 300) },
      });
      expect(await run.catch((error: Error) => error.message)).to.equal("stopped by hand");
      const [cut] = assembled(place, ownRequirements()).scenarios;
      expect(cut?.verdict).to.equal("inconclusive");
      expect(cut?.expectations.at(-1)?.actual).to.equal("stopped by hand");
    }));
});
