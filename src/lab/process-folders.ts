import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identityOf, isSameAlive, type ProcessIdentity } from "./process-identity.js";

const PREFIX = "concordat-server-";
const OWNERS = ".concordat.json";

/** Who made a folder, and the server that runs in it. */
interface Owners {
  readonly run: ProcessIdentity;
  readonly server?: ProcessIdentity;
}

/** A fresh folder for a server that runs as a process of this host. */
export async function makeProcessFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  await writeOwners(folder, { run: self() });
  return folder;
}

/** Notes the server's process in its folder, so that a sweep finds it after this process was killed. */
export async function claimProcess(folder: string, pid: number): Promise<void> {
  const server = identityOf(pid);
  await writeOwners(folder, { run: self(), ...(server ? { server } : {}) });
}

export async function removeProcessFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** Ends the servers of runs that are gone (or of all runs) and removes their folders; returns the folders. */
export async function sweepProcessFolders(all: boolean): Promise<string[]> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  const swept: string[] = [];
  for (const folder of names.map((name) => join(tmpdir(), name))) {
    const owners = await readOwners(folder);
    if (!owners || (!all && isSameAlive(owners.run))) continue;
    if (owners.server && isSameAlive(owners.server)) process.kill(-owners.server.pid, "SIGKILL");
    await removeProcessFolder(folder);
    swept.push(folder);
  }
  return swept;
}

function self(): ProcessIdentity {
  return identityOf(process.pid) ?? { pid: process.pid, started: "" };
}

async function writeOwners(folder: string, owners: Owners): Promise<void> {
  await writeFile(join(folder, OWNERS), JSON.stringify(owners), { mode: 0o600 });
}

/** Undefined for a folder that is just being made, or that another sweep is removing. */
async function readOwners(folder: string): Promise<Owners | undefined> {
  const text = await readFile(join(folder, OWNERS), "utf8").catch(() => "");
  return text === "" ? undefined : (JSON.parse(text) as Owners);
}
