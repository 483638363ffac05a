import { connect } from "node:net";
import { cut } from "../checks/sentences.js";
import { ClientError } from "../client/client-error.js";
import { registerUser } from "../client/client-user.js";
import { isJsonObject, type JsonObject } from "../matrix/json.js";
import { readJson } from "../matrix/read-json.js";
import { withinTime } from "../net/time-limit.js";
import type { StartedTarget } from "../targets/target.js";
import { TargetError } from "../targets/target-error.js";
import { clientLimits, clientRecorder, freshPassword } from "./instance-stage.js";
import type { RunServices } from "./services.js";

/** What a server says of itself before anything is asked of it. */
export interface Introduction {
  readonly observed: { readonly name?: string; readonly version?: string };
  /** Room versions that are both declared and offered to its users. */
  readonly roomVersions: readonly string[];
}

/**
 * Asks a started server for its software's name and version, its keys and the room versions that it offers. The answers go to
 * the evidence: passive checks verify its signatures with these keys. A server that is there but does not answer as it should is
 * taken as it is: the scenarios judge it. Rejects with TargetError when nobody listens, or when its users are refused.
 */
export async function introduce(
  services: RunServices,
  target: StartedTarget,
  asker: string,
  signal: AbortSignal,
): Promise<Introduction> {
  const transport = services.lab.transportFor(asker);
  const ask = (path: string) =>
    transport(target.serverName, { method: "GET", target: path, headers: [], body: new Uint8Array(), signal });
  const asked = Promise.all([ask("/_matrix/federation/v1/version"), ask("/_matrix/key/v2/server")]);
  const [version, offered] = await Promise.all([
    orNothing(asked, services, target, signal).then((answers) => answers?.[0]),
    orNothing(offeredRoomVersions(services, target, signal), services, target, signal),
  ]);
  return {
    observed: version === undefined ? {} : softwareOf(version.body),
    roomVersions: target.roomVersions.filter((declared) => offered?.includes(declared) ?? true),
  };
}

/** What was asked, or undefined, and a note, where the server is there but gave no usable answer. */
async function orNothing<T>(
  asked: Promise<T>,
  services: RunServices,
  target: StartedTarget,
  signal: AbortSignal,
): Promise<T | undefined> {
  try {
    return await asked;
  } catch (cause) {
    signal.throwIfAborted();
    const reason = cut(cause instanceof Error ? cause.message : String(cause));
    if (cause instanceof ClientError && cause.status >= 400 && cause.status < 500)
      throw new TargetError("never-ready", `${target.name} lets no user in: ${reason}`, HINT, { cause });
    if (!(await isThere(target.clientUrl, signal)))
      throw new TargetError("never-ready", `${target.name} does not answer: ${reason}`, HINT, { cause });
    services.journal.append({ kind: "note", about: "introduction", data: { server: target.serverName, reason } });
    return undefined;
  }
}

const HINT = "look into its target file and its log";
const REACHED_WITHIN_MS = 10_000;

/** Whether anything accepts connections at the address of a URL. */
function isThere(url: string, signal: AbortSignal): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/gu, "");
  const reached = (stop: AbortSignal) =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ host, port: Number(port || (protocol === "https:" ? 443 : 80)), signal: stop });
      const say = (there: boolean) => {
        socket.destroy();
        resolve(there);
      };
      socket.once("connect", () => say(true));
      // Whoever resets a connection is there.
      socket.once("error", (error: NodeJS.ErrnoException) => say(error.code === "ECONNRESET"));
    });
  return withinTime(REACHED_WITHIN_MS, signal, reached);
}

/** Both stand in every report. */
const LONGEST_NAME = 200;

function softwareOf(body: Uint8Array): Introduction["observed"] {
  const answer = readJson(body);
  const server: unknown = isJsonObject(answer) ? answer.server : undefined;
  if (!isJsonObject(server)) return {};
  const { name, version } = server;
  return {
    ...(typeof name === "string" ? { name: cut(name, LONGEST_NAME) } : {}),
    ...(typeof version === "string" ? { version: cut(version, LONGEST_NAME) } : {}),
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
    ...clientLimits(services),
  });
  const { status, body } = await user.request("GET", "/_matrix/client/v3/capabilities", undefined, { signal });
  const capabilities: unknown = isJsonObject(body) ? body.capabilities : undefined;
  const versions: unknown = isJsonObject(capabilities) ? capabilities["m.room_versions"] : undefined;
  const available: unknown = isJsonObject(versions) ? versions.available : undefined;
  if (status !== 200 || !isJsonObject(available)) return undefined;
  return Object.keys(available as JsonObject);
}
