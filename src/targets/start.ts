import type { Naming } from "../lab/lab.js";
import { startContainer } from "./drivers/container.js";
import { startEmbedded } from "./drivers/embedded.js";
import { startProcess } from "./drivers/process.js";
import { startRemote } from "./drivers/remote.js";
import type { StartedTarget, StartOptions } from "./target.js";
import type { TargetFile } from "./target-document.js";
import { TargetError } from "./target-error.js";

const DRIVERS: Readonly<
  Record<TargetFile["driver"], (target: TargetFile, options: StartOptions) => Promise<StartedTarget>>
> = { container: startContainer, process: startProcess, embedded: startEmbedded, remote: startRemote };

/** What a lab must offer for these targets to take part together. Throws a {@link TargetError} where no lab can. */
export function labFor(targets: readonly TargetFile[]): { readonly naming: Naming; readonly docker: boolean } {
  const docker = targets.filter(({ driver }) => driver === "container");
  const loopback = targets.filter(({ names }) => names === "loopback");
  const [other] = targets.filter(({ names, driver }) => driver === "container" || names === "portless");
  if (loopback[0] && other) {
    const what = `${loopback[0].name} has loopback names, which ${other.name} cannot reach`;
    throw new TargetError("naming", what, "run them apart, or use a container for both");
  }
  return { naming: loopback.length > 0 ? "loopback" : "dns", docker: docker.length > 0 };
}

/** Starts one server and resolves when it answers. Rejects with a {@link TargetError}, leaving nothing running. */
export async function startTarget(target: TargetFile, options: StartOptions): Promise<StartedTarget> {
  if (options.image !== undefined && target.driver !== "container") {
    const what = `${target.name} is no container: an image cannot be given`;
    throw new TargetError("image-not-applicable", what, "leave --image out, or choose a container target");
  }
  if ((target.names === "loopback") !== (options.lab.naming === "loopback") && target.driver === "process") {
    throw new TargetError("naming", `${target.name} needs a lab with loopback names`, "open the lab as labFor says");
  }
  return DRIVERS[target.driver](target, options);
}

/** Starts servers in parallel. When one fails, those that started are stopped and its error is thrown. */
export async function startTargets(
  starts: readonly { readonly target: TargetFile; readonly options: StartOptions }[],
): Promise<StartedTarget[]> {
  const results = await Promise.allSettled(starts.map(({ target, options }) => startTarget(target, options)));
  const started = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const failed = results.find((result) => result.status === "rejected");
  if (!failed) return started;
  await Promise.all(started.map((target) => target.stop()));
  throw failed.reason;
}
