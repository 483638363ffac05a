import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { identityOf } from "../../src/lab/process-identity.js";
import { startTarget } from "../../src/targets/start.js";
import type { StartOptions } from "../../src/targets/target.js";
import type { TargetFile } from "../../src/targets/target-document.js";
import { get, type RecordingLab, recordingLab, text } from "../support/in-process-lab.js";

// A server of the smallest kind: both ports, its certificate, one line when it is up.
const SERVER = `
const { readFileSync } = require("node:fs");
const [address, mode] = process.argv.slice(2);
console.log("pid " + process.pid);
const answer = (request, response) => response.end("I am " + readFileSync("name.txt", "utf8"));
if (mode === "broken") { console.error("setting x is wrong"); process.exit(3); }
if (mode === "stubborn") process.on("SIGTERM", () => console.log("no"));
require("node:https").createServer({ cert: readFileSync("tls.crt"), key: readFileSync("tls.key") }, answer).listen(8448, address, () =>
  require("node:http").createServer(answer).listen(8008, address, () => mode !== "silent" && console.log("up and running")));
`;

describe("targets/drivers/process", () => {
  if (process.platform !== "linux") return;
  let recording: RecordingLab;
  let folder: string;

  beforeEach(async () => {
    recording = await recordingLab("loopback");
    folder = await mkdtemp(join(tmpdir(), "concordat-spec-"));
    await writeFile(join(folder, "server.txt"), SERVER);
    await writeFile(join(folder, "name.txt"), "${server.name}");
  });

  afterEach(async () => {
    await recording.lab.close();
    await rm(folder, { recursive: true });
  });

  it("starts a command with its files, reaches it through the tap, and ends it", async () => {
    const server = await startTarget(target(folder), options(recording));
    const pid = pidOf(server.log());
    const direct = await fetch(server.clientUrl);
    expect(await direct.text()).to.equal(`I am ${server.serverName}`);
    const sender = recording.lab.name("hs2");
    const answer = await recording.lab.transportFor(sender)(server.serverName, get("/"));
    expect(text(answer.body)).to.equal(`I am ${server.serverName}`);
    expect(recording.records[0]).to.include({ from: sender, to: server.serverName, status: 200 });
    await server.stop();
    expect(identityOf(pid)).to.equal(undefined);
    expect(await foldersLeft()).to.deep.equal([]);
  });

  it("shows the last lines of a server that ends, and of one that is never ready", async () => {
    const broken = await failure(target(folder, { mode: "broken" }), recording);
    expect(broken).to.have.property("code", "exited");
    expect(broken.message).to.contain("  | setting x is wrong");
    const silent = await failure(target(folder, { mode: "silent", within: "700ms" }), recording);
    expect(silent).to.have.property("code", "never-ready");
    expect(silent.message).to.match(/within 700ms.*\n.*\n.*pid \d+/);
    expect(identityOf(pidOf(silent.message))).to.equal(undefined);
    expect(await foldersLeft()).to.deep.equal([]);
  });

  it("waits for an HTTP answer where it is asked to", async () => {
    const file = { ...target(folder, { mode: "silent" }), ready: { http: "/any", within: "10s" } };
    await (await startTarget(file, options(recording))).stop();
  });

  it("says when the program does not exist", async () => {
    const missing = await failure({ ...target(folder), command: ["/no/such/program"] }, recording);
    expect(missing).to.have.property("code", "command-not-found");
  });

  it("needs a lab with loopback names", async () => {
    const other = await recordingLab("dns");
    expect(await failure(target(folder), other)).to.have.property("code", "naming");
    await other.lab.close();
  });
});

function target(folder: string, { mode = "", within = "10s" } = {}): TargetFile {
  return {
    ...{ name: "small", product: "Small", vendor: "Spec", driver: "process", names: "loopback" },
    command: [process.execPath, join(folder, "server.txt"), "${listen.address}", mode],
    listens: { client: { port: 8008 }, federation: { port: 8448, tls: true } },
    ready: { log: "up and running", within },
    files: { "name.txt": "name.txt", "tls.crt": "${tls.certificate}", "tls.key": "${tls.key}" },
    accounts: { register: "open" },
    room_versions: ["12"],
    ...{ path: join(folder, "small.yaml"), folder },
  };
}

function options({ lab }: RecordingLab): StartOptions {
  return { lab, label: "hs1", preset: "testing", seed: "1", signal: new AbortController().signal };
}

async function failure(file: TargetFile, recording: RecordingLab): Promise<Error> {
  const server = await startTarget(file, options(recording)).catch((cause: Error) => cause);
  if (server instanceof Error) return server;
  await server.stop();
  throw new Error("the server started");
}

function pidOf(log: string): number {
  return Number(/pid (\d+)/.exec(log)?.[1]);
}

/** Folders of servers that this process started. */
async function foldersLeft(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith(`concordat-server-${process.pid}-`));
}
