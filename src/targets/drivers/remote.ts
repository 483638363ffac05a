import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { accountPolicy } from "../account-policy.js";
import type { StartedTarget, StartOptions } from "../target.js";
import { needed, type TargetFile } from "../target-document.js";
import { TargetError } from "../target-error.js";

/** Puts a server that runs already behind the tap. What it sends by itself does not pass the tap, unless its operator points it there. */
export async function startRemote(target: TargetFile, options: StartOptions): Promise<StartedTarget> {
  const { lab, preset } = options;
  const remote = needed(target, "remote");
  const ca = remote.ca ? await authority(target, remote.ca) : rootCertificates.join("\n");
  const { host, port } = remote.federation;
  lab.attach(remote.server_name, { kind: "tls", host, port, ca });
  const { name, product, vendor, driver, room_versions: roomVersions } = target;
  return {
    ...{ name, product, vendor, driver, preset, roomVersions },
    serverName: remote.server_name,
    clientUrl: remote.client_url,
    accounts: accountPolicy(target, {}),
    log: () => "",
    stop: async () => lab.detach(remote.server_name),
  };
}

async function authority(target: TargetFile, file: string): Promise<string> {
  return readFile(join(target.folder, file), "utf8").catch((cause: unknown) => {
    const hint = `paths are relative to ${target.folder}`;
    throw new TargetError("template", `the authority ${file} cannot be read`, hint, { place: target.path, cause });
  });
}
