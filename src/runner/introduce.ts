import { registerUser } from "../client/client-user.js";
import { isJsonObject, type JsonObject } from "../matrix/json.js";
import { parseJson } from "../matrix/parse-json.js";
import type { StartedTarget } from "../targets/target.js";
import { TargetError } from "../targets/target-error.js";
import { clientRecorder, freshPassword } from "./instance-stage.js";
import type { RunServices } from "./services.js";

/** What a server says of itself before anything is asked of it. */
export interface Introduction {
  readonly observed: { readonly name?: string; readonly version?: string };
  /** Room versions that are both declared and offered to its users. */
  readonly roomVersions: readonly string[];
}

/**
 * Asks a started server for its software's name and version, its keys and the room versions that it offers. The answers go to
 * the evidence: passive checks verify its signatures with these keys. Rejects with TargetError when it answers nobody.
 */
export async function introduce(
  services: RunServices,
  target: StartedTarget,
  asker: string,
  signal: AbortSignal,
): Promise<Introduction> {
  const ask = (path: string) => {
    const request = { method: "GET", target: path, headers: [], body: new Uint8Array(), signal };
    return services.lab.transportFor(asker)(target.serverName, request);
  };
  const asked = Promise.all([ask("/_matrix/federation/v1/version"), ask("/_matrix/key/v2/server")]);
  const [version] = await asked.catch(refusal(target, "does not answer other servers", signal));
  const letIn = offeredRoomVersions(services, target, signal);
  const offered = await letIn.catch(refusal(target, "lets no user in", signal));
  return {
    observed: softwareOf(version.body),
    roomVersions: target.roomVersions.filter((declared) => offered?.includes(declared) ?? true),
  };
}

/** Turns a failure of a server to answer at all into the run's: nothing could be asked of it. */
function refusal(target: StartedTarget, what: string, signal: AbortSignal): (cause: unknown) => never {
  return (cause) => {
    signal.throwIfAborted();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TargetError("never-ready", `${target.name} ${what}: ${why}`, "look into its target file and its log", {
      cause,
    });
  };
}

function softwareOf(body: Uint8Array): Introduction["observed"] {
  const parsed = parseJson(body);
  const answer = "value" in parsed ? parsed.value : undefined;
  const server: unknown = isJsonObject(answer) ? answer.server : undefined;
  if (!isJsonObject(server)) return {};
  const { name, version } = server;
  return {
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof version === "string" ? { version } : {}),
  };
}

/** From /capabilities (client-server-api#mroom_versions-capability); undefined where the server does not say. */
async function offeredRoomVersions(
  services: RunServices,
  target: StartedTarget,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const user = await registerUser({
    baseUrl: target.clientUrl,
    serverName: target.serverName,
    accounts: target.accounts,
    localpart: "concordat-visitor",
    password: freshPassword(),
    signal,
    recorder: clientRecorder(services),
  });
  const { status, body } = await user.request("GET", "/_matrix/client/v3/capabilities", undefined, { signal });
  const capabilities: unknown = isJsonObject(body) ? body.capabilities : undefined;
  const versions: unknown = isJsonObject(capabilities) ? capabilities["m.room_versions"] : undefined;
  const available: unknown = isJsonObject(versions) ? versions.available : undefined;
  if (status !== 200 || !isJsonObject(available)) return undefined;
  return Object.keys(available as JsonObject);
}
