import { connectEngine, type Engine } from "./engine.js";
import { LabError } from "./lab-error.js";
import { CONCORDAT_LABEL, isLeftover, type Labels } from "./labels.js";
import { sweepProcessFolders } from "./process-folders.js";

export interface Swept {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  /** Folders of servers that ran as processes of this host; the processes are ended too. */
  readonly folders: readonly string[];
}

/** Removes containers and networks whose run is no longer alive. */
export async function sweepLeftovers(): Promise<Swept> {
  return sweep(isLeftover, false);
}

/** Removes every container and network that carries Concordat's label, of runs that are alive too. */
export async function sweepAll(): Promise<Swept> {
  return sweep(() => true, true);
}

async function sweep(goes: (labels: Labels) => boolean, all: boolean): Promise<Swept> {
  const folders = await sweepProcessFolders(all);
  const engine = await engineIfAny();
  if (!engine) return { containers: [], networks: [], folders };
  const docker = engine.container.dockerode;
  const filters = { label: [`${CONCORDAT_LABEL}=true`] };
  const containers = (await docker.listContainers({ all: true, filters })).filter(({ Labels }) => goes(Labels));
  await Promise.all(containers.map(({ Id }) => removeContainer(engine, Id)));
  const networks = (await docker.listNetworks({ filters })).filter(({ Labels }) => goes(Labels ?? {}));
  await Promise.all(networks.map(({ Id }) => removeNetwork(engine, Id)));
  return {
    containers: containers.map(({ Names, Id }) => Names[0]?.replace(/^\//, "") ?? Id),
    networks: networks.map(({ Name }) => Name),
    folders,
  };
}

/** Where no engine answers, there is nothing of ours on it that could be swept. */
async function engineIfAny(): Promise<Engine | undefined> {
  try {
    return await connectEngine();
  } catch (error) {
    if (error instanceof LabError && error.code === "engine-unreachable") return undefined;
    throw error;
  }
}

export async function removeContainer(engine: Engine, id: string): Promise<void> {
  await unlessGone(engine.container.dockerode.getContainer(id).remove({ force: true, v: true }));
}

export async function removeNetwork(engine: Engine, id: string): Promise<void> {
  await unlessGone(engine.container.dockerode.getNetwork(id).remove());
}

/** Another sweep may have been faster (404), or be at it (409 "already in progress"): what matters is that the thing goes. */
async function unlessGone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    const status = error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
    if (status === 404) return;
    if (status === 409 && error instanceof Error && error.message.includes("in progress")) return;
    throw error;
  }
}
