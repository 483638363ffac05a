import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { claimProcess, makeProcessFolder, removeProcessFolder } from "../../lab/process-folders.js";
import { accountPolicy } from "../account-policy.js";
import { labValues } from "../lab-values.js";
import { awaitReady } from "../ready.js";
import { renderSetup, type ServerFile, type ServerSetup } from "../server-files.js";
import { ServerLog } from "../server-log.js";
import type { StartedTarget, StartOptions } from "../target.js";
import { needed, type TargetFile } from "../target-document.js";
import { TargetError } from "../target-error.js";
import { endProcess } from "./end-process.js";

/** Starts a command of this host on a loopback address of its own, behind the tap. */
export async function startProcess(target: TargetFile, options: StartOptions): Promise<StartedTarget> {
  const { lab, preset, seed, signal } = options;
  const listens = needed(target, "listens");
  const [serverName, address] = [lab.name(options.label), lab.loopbackAddress()];
  await refuseTakenPorts(target, address);
  const folder = await makeProcessFolder();
  const log = new ServerLog();
  let child: ChildProcess | undefined;
  let stopping: Promise<void> | undefined;
  const end = async () => {
    lab.detach(serverName);
    if (child) await endProcess(child);
    await removeProcessFolder(folder);
  };
  const stop = () => {
    stopping ??= end();
    return stopping;
  };
  try {
    const folders = { files: folder, data: join(folder, "data") };
    const values = await labValues(lab, target, { serverName, address, folders, seed });
    const setup = await renderSetup(target, preset, values);
    await mkdir(folders.data);
    await writeFiles(folder, setup.files);
    signal.throwIfAborted();
    child = await launch(target, setup, { folder, log });
    lab.attach(serverName, { kind: "tls", host: address, port: listens.federation.port });
    const clientUrl = `http://${address}:${listens.client.port}`;
    await awaitReady({ name: target.name, ready: needed(target, "ready"), clientUrl, log, signal });
    const { name, product, vendor, driver, room_versions: roomVersions } = target;
    const accounts = accountPolicy(target, values);
    return {
      ...{ name, product, vendor, driver, preset, serverName, clientUrl, roomVersions, accounts },
      log: () => log.text(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function launch(
  target: TargetFile,
  setup: ServerSetup,
  place: { readonly folder: string; readonly log: ServerLog },
): Promise<ChildProcess> {
  const { folder, log } = place;
  const [command, ...args] = setup.command ?? [];
  if (!command)
    throw new TargetError("target-file", "command is empty", "name the program first", { place: target.path });
  // Its own process group, so that workers end with it. Of this host's environment only what finds programs.
  const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, ...setup.environment };
  const child = spawn(command, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => log.append(chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => log.append(chunk));
  child.once("close", () => log.end());
  await new Promise<void>((started, refused) => {
    child.once("spawn", started);
    child.once("error", (cause) => refused(cannotRun(command, cause)));
  });
  if (child.pid !== undefined) await claimProcess(folder, child.pid);
  return child;
}

function cannotRun(command: string, cause: Error): TargetError {
  const hint = "install the program, or write its full path in `command`";
  return new TargetError("command-not-found", `${command} cannot be run: ${cause.message}`, hint, { cause });
}

async function writeFiles(folder: string, files: readonly ServerFile[]): Promise<void> {
  for (const { path, content } of files) {
    const whole = resolve(folder, path);
    await mkdir(dirname(whole), { recursive: true });
    await writeFile(whole, content, { mode: 0o600 });
  }
}

async function refuseTakenPorts(target: TargetFile, address: string): Promise<void> {
  const { client, federation } = needed(target, "listens");
  for (const port of [client.port, federation.port]) {
    const cause = await bindingError(address, port);
    if (!cause) continue;
    const what = `${target.name} cannot listen on ${address}:${port} (${cause.message})`;
    const hint = "a program that listens on every address holds the port: end it, or change `listens`";
    throw new TargetError("port-in-use", what, hint, { cause });
  }
}

function bindingError(address: string, port: number): Promise<Error | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", done);
    server.listen(port, address, () => server.close(() => done(undefined)));
  });
}
