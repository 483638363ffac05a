import { type ContainerRuntimeClient, getContainerRuntimeClient } from "testcontainers";
import { LabError } from "./lab-error.js";

export type Engine = ContainerRuntimeClient;

const HINT =
  "install and start a container engine (Debian: apt-get install docker.io, then dockerd; or Docker Engine or Podman with its socket on), " +
  "make sure that this user may use its socket, or set DOCKER_HOST; `--target embedded` needs no engine";

/** The container engine of this host. */
export async function connectEngine(): Promise<Engine> {
  // Runs may have no registry to pull testcontainers' own reaper from, and the lab sweeps after itself by label.
  process.env.TESTCONTAINERS_RYUK_DISABLED = "true";
  try {
    return await getContainerRuntimeClient();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LabError("engine-unreachable", `no container engine answers: ${why}`, HINT, { cause });
  }
}
