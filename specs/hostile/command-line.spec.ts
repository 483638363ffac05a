import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Certificates } from "../support/hostile/certificates.js";
import { type HostileServer, openHostile } from "../support/hostile/hostile-server.js";
import { HOSTILE_WAYS } from "../support/hostile/index.js";
import type { Way } from "../support/hostile/way.js";
import { cli } from "../support/run-cli.js";
import { quickRun, scenarioText } from "../support/run-project.js";
import { put } from "../support/temporary-folder.js";

const NAME = "hostile.test";
const WITH_A_USER = "cast: { ann: { at: server } }";

describe("concordat run against a server that is nothing but hostile", function () {
  this.timeout(60_000);
  let folder = "";
  let servers: readonly HostileServer[] = [];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "concordat-hostile-"));
    put(folder, "scenarios/spec/asks.yaml", scenarioText("spec/asks", "check: succeeds"));
    put(folder, "scenarios/spec/lives.yaml", scenarioText("spec/lives", "check: succeeds", WITH_A_USER));
  });
  afterEach(() => Promise.all(servers.map((server) => server.close())));
  after(() => rmSync(folder, { recursive: true }));

  async function runAgainst(does: string, ...args: readonly string[]) {
    const way = HOSTILE_WAYS.find(({ name }) => name === does);
    if (way === undefined) throw new Error(`no server ${does}`);
    put(folder, "hostile.yaml", await targetOf(way));
    return cli(quickRun([...args, "--target", "./hostile.yaml"]), folder);
  }

  async function targetOf(way: Way): Promise<string> {
    const shown = await (await Certificates.create()).issue(NAME, way);
    const [federation, client] = await Promise.all([openHostile(way, shown), openHostile(way)]);
    servers = [federation, client];
    put(folder, "ca.pem", shown.ca);
    return `
name: hostile
product: Hostile
vendor: nobody
driver: remote
accounts: { register: open }
room_versions: ["11"]
remote:
  server_name: ${NAME}
  client_url: http://127.0.0.1:${client.port}
  federation: { host: 127.0.0.1, port: ${federation.port} }
  ca: ca.pem
`;
  }

  for (const does of ["closes every connection at once", "resets when the request has come", "speaks FTP"])
    it(`ends with a report and exit 1, where it ${does}`, async () => {
      const out = `run-${does.replaceAll(" ", "-")}`;
      const done = await runAgainst(does, "spec/asks", "spec/lives", "--out", out, "--reporter", "html,junit");
      expect(done, done.err).to.include({ exit: 1 });
      expect(readdirSync(join(folder, out))).to.include.members(["run.json", "report.html", "junit.xml"]);
      expect(done.out).to.match(/FAIL spec\/asks.*\n(?:.*\n)*?.*no answer in/u);
      expect(done.out).to.match(/spec\/lives/u);
    });

  it("ends with exit 3 where its users cannot be had and nothing else is asked", async () => {
    const done = await runAgainst("closes every connection at once", "spec/lives", "--out", "users");
    expect(done, done.err).to.include({ exit: 3 });
    expect(done.out).to.contain("could not be registered");
  });

  it("tells the operator where its users are refused, before anything is run", async () => {
    const done = await runAgainst(
      "refuses in words that mean something to a terminal",
      "spec/lives",
      "--out",
      "refused",
    );
    expect(done.exit).to.equal(2);
    expect(done.err).to.contain("lets no user in");
    expect(done.err).not.to.contain("\u001b");
  });
});
