import { Readable } from "node:stream";
import { ImageName, type StartedTestContainer } from "testcontainers";
import { connectEngine, type Engine } from "../../lab/engine.js";
import { runLabels } from "../../lab/labels.js";
import { removeContainer } from "../../lab/sweep.js";
import { accountPolicy } from "../account-policy.js";
import { labValues } from "../lab-values.js";
import { awaitReady } from "../ready.js";
import { renderSetup, type ServerSetup } from "../server-files.js";
import { ServerLog } from "../server-log.js";
import type { StartedTarget, StartOptions } from "../target.js";
import { needed, type TargetFile } from "../target-document.js";
import { TargetError } from "../target-error.js";
import { ContainerPower } from "./container-power.js";
import { folderArchive } from "./folder-archive.js";
import { LabContainer } from "./lab-container.js";

/** Starts an image on the lab's network, behind the tap. */
export async function startContainer(target: TargetFile, options: StartOptions): Promise<StartedTarget> {
  const { lab, preset, seed, signal } = options;
  const network = lab.network;
  if (!network)
    throw new TargetError("no-network", `${target.name} needs a lab with containers`, "open the lab with docker");
  const engine = await connectEngine();
  const image = options.image ?? needed(target, "image");
  await pull(engine, image, signal);
  const serverName = lab.name(options.label, { portless: target.names === "portless" });
  const folders = { files: "/lab", data: target.scratch?.[0] ?? "/tmp" };
  const values = await labValues(lab, target, { serverName, address: "0.0.0.0", folders, seed });
  const setup = await renderSetup(target, preset, values);
  const log = new ServerLog();
  const federation = needed(target, "listens").federation;
  const container = describe(target, setup, new LabContainer(image, network), options.durable === true)
    .withName(`${network.name}-${options.label}`)
    .withHostname(options.label)
    .withLabels(runLabels(lab.runId))
    .withServerLog(log)
    .onAddress((address) => {
      lab.attribute(address, serverName);
      lab.attach(serverName, { kind: "tls", host: address, port: federation.port });
    });
  const started = await create(engine, container, target);
  const clientUrl = `http://${started.getIpAddress(network.name)}:${needed(target, "listens").client.port}`;
  const stop = stopper(engine, started, () => lab.detach(serverName));
  try {
    await awaitReady({ name: `${target.name} (${image})`, ready: needed(target, "ready"), clientUrl, log, signal });
  } catch (error) {
    await stop();
    throw error;
  }
  const { name, product, vendor, driver, room_versions: roomVersions } = target;
  const ready = { name: `${target.name} (${image})`, ready: needed(target, "ready"), clientUrl };
  const power = new ContainerPower(engine, { id: started.getId(), network: network.name, log, ready });
  const accounts = accountPolicy(target, values);
  const digest = await digestOf(engine, image);
  return {
    ...{ name, product, vendor, driver, preset, serverName, clientUrl, roomVersions, accounts, image },
    ...(digest ? { imageDigest: digest } : {}),
    ...(options.durable === true ? { power } : {}),
    log: () => log.text(),
    stop,
  };
}

function describe(target: TargetFile, setup: ServerSetup, container: LabContainer, durable: boolean): LabContainer {
  container.withEnvironment(setup.environment);
  container.withCopyContentToContainer(
    setup.files.map(({ path, content }) => ({ target: path, content, mode: 0o644 })),
  );
  const scratch = target.scratch ?? [];
  // In memory it is faster, and gone when the container stops.
  if (!durable) container.withTmpFs(Object.fromEntries(scratch.map((path) => [path, "rw,mode=1777"])));
  else container.withCopyArchivesToContainer([{ tar: Readable.from([folderArchive(scratch)]), target: "/" }]);
  // As the entry point, so that nothing of the image's own start script stands between.
  if (setup.command) container.withEntrypoint([...setup.command]).withCommand([]);
  if (target.user) container.withUser(target.user);
  return container;
}

async function pull(engine: Engine, image: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const name = ImageName.fromString(image);
  if (await engine.image.exists(name)) return;
  await engine.image.pull(name, { force: false, platform: undefined }).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    const hint = "check the reference, log in to its registry, or build the image and name it with --image";
    throw new TargetError("image-not-found", `the image ${image} is not here and cannot be pulled: ${why}`, hint, {
      cause,
    });
  });
}

async function create(engine: Engine, container: LabContainer, target: TargetFile): Promise<StartedTestContainer> {
  try {
    return await container.start();
  } catch (cause) {
    if (container.createdId) await removeContainer(engine, container.createdId);
    const why = cause instanceof Error ? cause.message : String(cause);
    const hint = "check `command`, `user`, `files` and `scratch` in the target file against the image";
    throw new TargetError("engine-refused", `the engine did not start ${target.name}: ${why}`, hint, { cause });
  }
}

/** All of a server's data is in memory or in the container, so nothing is lost by ending it at once. */
function stopper(engine: Engine, container: StartedTestContainer, detach: () => void): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => {
    stopping ??= removeContainer(engine, container.getId()).then(detach);
    return stopping;
  };
}

async function digestOf(engine: Engine, image: string): Promise<string | undefined> {
  const { RepoDigests, Id } = await engine.container.dockerode.getImage(image).inspect();
  return RepoDigests?.[0]?.split("@")[1] ?? Id;
}
