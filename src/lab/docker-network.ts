import { connectEngine, type Engine } from "./engine.js";
import { LabError } from "./lab-error.js";
import { labelOfRun, runLabels } from "./labels.js";
import { removeContainer, removeNetwork } from "./sweep.js";

/** The run's own network: internal, so that nothing on it reaches an address outside. */
export interface LabNetwork {
  readonly name: string;
  /** The address at which containers reach this process. */
  readonly gateway: string;
  /** Removes the network and every container that the run left on it. */
  remove(): Promise<void>;
}

export async function createLabNetwork(runId: string): Promise<LabNetwork> {
  if (process.platform !== "linux") {
    const hint = "run Concordat in a Linux machine (or container with the engine's socket), or use an embedded target";
    throw new LabError(
      "linux-only",
      "container targets need Linux: elsewhere containers are not reachable by address",
      hint,
    );
  }
  const engine = await connectEngine();
  const name = `concordat-${runId.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-")}`;
  const network = await engine.container.dockerode
    .createNetwork({ Name: name, Driver: "bridge", Internal: true, CheckDuplicate: true, Labels: runLabels(runId) })
    .catch((cause: Error) => {
      const hint = "remove networks that nobody uses (concordat clean), and check the engine's address pools";
      throw new LabError("network-refused", `the engine made no network for the run: ${cause.message}`, hint, {
        cause,
      });
    });
  const gateway = (await network.inspect()).IPAM?.Config?.[0]?.Gateway;
  if (!gateway) {
    await network.remove();
    throw new LabError("no-gateway", `the network ${name} has no gateway address`, "check the engine's address pools");
  }
  return { name, gateway, remove: () => removeLabNetwork(engine, network.id, runId) };
}

async function removeLabNetwork(engine: Engine, networkId: string, runId: string): Promise<void> {
  const filters = { label: [labelOfRun(runId)] };
  const left = await engine.container.dockerode.listContainers({ all: true, filters });
  await Promise.all(left.map((container) => removeContainer(engine, container.Id)));
  await removeNetwork(engine, networkId);
}
